import { Button } from "@mantine/core";
import { useState } from "react";
import type { Release } from "../../features/devices/schema.ts";
import { Empty } from "../kit/empty.tsx";
import { Mark } from "../kit/mark.tsx";
import { Section } from "../kit/section.tsx";
import { INTERFACE_WORD } from "../kit/words.ts";
import { ChangeInterfaces } from "./change-interfaces.tsx";

/** Every way in or out of the release. */
export function Interfaces({ release, mayChange }: { release: Release; mayChange: boolean }) {
  const [changing, setChanging] = useState(false);
  return (
    <Section
      title="Interfaces"
      count={release.interfaces.length}
      actions={
        mayChange && (
          <Button size="compact-sm" variant="subtle" onClick={() => setChanging(true)}>
            Edit
          </Button>
        )
      }
    >
      {release.interfaces.length === 0 ? (
        <Empty title="No interface declared">
          <p>
            Wired, wireless, removable media, service access: each is a way in. A finding behind an exposed one weighs
            more.
          </p>
        </Empty>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Interface</th>
                <th scope="col">Kind</th>
                <th scope="col">Speaks</th>
                <th scope="col">Reachable from outside</th>
              </tr>
            </thead>
            <tbody>
              {release.interfaces.map((way) => (
                <tr key={`${way.kind}-${way.name}`}>
                  <th scope="row">
                    {way.name}
                    {way.notes !== "" && <small>{way.notes}</small>}
                  </th>
                  <td>{INTERFACE_WORD[way.kind]}</td>
                  <td>{way.protocol === "" ? <span className="cell-dim">not stated</span> : way.protocol}</td>
                  <td>
                    {way.exposed ? (
                      <span className="tone-warn exposed">
                        <Mark shape="triangle" /> yes
                      </span>
                    ) : (
                      "no"
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {changing && <ChangeInterfaces release={release} onClose={() => setChanging(false)} />}
    </Section>
  );
}
