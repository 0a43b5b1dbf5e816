import { Link } from "@tanstack/react-router";
import type { Touched } from "../../features/intel/inbox/schema.ts";
import { DeviceObjectCard } from "../devices/device-object-card.tsx";
import { ComponentCard } from "../findings/component-card.tsx";
import { versioned } from "../findings/versioned.ts";
import { StateBadge } from "../kit/badges.tsx";
import { ObjectCard } from "../kit/object-card.tsx";
import { counted } from "../kit/words.ts";

interface Props {
  touches: readonly Touched[];
  field: { units: number; sites: number };
  releases: number;
  /** All findings; more than are listed where there are very many. */
  total: number;
}

/** Where it touches us: releases, and what of them is at work in hospitals now. */
export function Touches({ touches, field, releases, total }: Props) {
  return (
    <section>
      <h3>Touches {counted(releases, "release")}</h3>
      <p className="field-count">
        {field.units === 0 ? (
          <span className="quiet">No unit of them is in the field</span>
        ) : (
          <>
            <b className="num">{counted(field.units, "unit")}</b> in the field
            {field.sites > 0 && <>, at {counted(field.sites, "site")}</>}
          </>
        )}
      </p>
      <ul className="side-list">
        {touches.map((touched) => (
          <li key={touched.id}>
            <span>
              <ObjectCard card={<DeviceObjectCard deviceId={touched.device.id} />}>
                <Link
                  to="/devices/$deviceId/findings"
                  params={{ deviceId: touched.device.id }}
                  search={{ release: touched.release.id, finding: touched.id }}
                >
                  {touched.device.name} {touched.release.version}
                </Link>
              </ObjectCard>
              {touched.units > 0 && (
                <small className="quiet">
                  {" "}
                  {counted(touched.units, "unit")}
                  {touched.sites > 0 && `, ${counted(touched.sites, "site")}`}
                </small>
              )}
            </span>
            <span className="side-split">
              <ObjectCard
                card={
                  <ComponentCard
                    name={touched.component.name}
                    here={{ releaseId: touched.release.id, version: touched.component.version }}
                  />
                }
              >
                {versioned(touched.component)}
              </ObjectCard>{" "}
              <StateBadge state={touched.state} suspect={touched.suspect} />
            </span>
          </li>
        ))}
      </ul>
      {total > touches.length && <p className="quiet">and {counted(total - touches.length, "more finding")}</p>}
    </section>
  );
}
