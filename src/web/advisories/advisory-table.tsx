import { Link } from "@tanstack/react-router";
import type { AdvisoryRow } from "../../features/publish/schema.ts";
import { When } from "../kit/when.tsx";
import { AdvisoryBadge } from "./state-badge.tsx";

export function AdvisoryTable({ rows }: { rows: readonly AdvisoryRow[] }) {
  return (
    <div className="table-scroll">
      <table className="table advisory-table">
        <thead>
          <tr>
            <th scope="col">Advisory</th>
            <th scope="col">Vulnerabilities</th>
            <th scope="col">Devices</th>
            <th scope="col">State</th>
            <th scope="col">For</th>
            <th scope="col">Changed</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <Link to="/threats/advisories/$advisoryId" params={{ advisoryId: row.id }}>
                  {row.trackingId}
                </Link>
                <small>{row.title}</small>
              </th>
              <td>{row.vulnerabilities.join(", ")}</td>
              <td>{row.devices.map(({ name }) => name).join(", ") || <span className="cell-dim">none named</span>}</td>
              <td>
                <AdvisoryBadge {...row} />
              </td>
              <td>TLP:{row.tlp === "WHITE" ? "CLEAR" : row.tlp}</td>
              <td>
                <When at={row.updatedAt} />
                <small>{row.updatedBy}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
