import { Link } from "@tanstack/react-router";
import type { Today } from "../../features/work/schema.ts";
import { DeviceObjectCard } from "../devices/device-object-card.tsx";
import { ObjectCard } from "../kit/object-card.tsx";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";
import { counted, PHASE_WORD } from "../kit/words.ts";

type Place = Pick<Today["missingSbom"][number], "device" | "release">;

const PlaceLink = ({ device, release }: Place) => (
  <ObjectCard card={<DeviceObjectCard deviceId={device.id} />}>
    <Link to="/devices/$deviceId" params={{ deviceId: device.id }} search={{ release: release.id }}>
      {device.name} {release.version}
    </Link>
  </ObjectCard>
);

/** Releases with more open or more exploited findings than a day ago. */
export function Worse({ worse }: { worse: Today["worse"] }) {
  return (
    <Section title="Got worse since yesterday" count={worse.length}>
      <ul className="side-list">
        {worse.map(({ device, release, before, now }) => (
          <li key={release.id}>
            <PlaceLink device={device} release={release} />
            <span className="num">
              {before.open.toLocaleString("en")} → <b>{now.open.toLocaleString("en")} open</b>
              {now.exploited > before.exploited && (
                <b className="tone-bad">, {now.exploited - before.exploited} more exploited</b>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function EndsOfSupport({ clocks }: { clocks: Today["endOfSupport"] }) {
  return (
    <Section title="Support that ends" count={clocks.length}>
      <ul className="side-list">
        {clocks.map(({ device, release, on, days, unitsInUse }) => (
          <li key={release.id}>
            <PlaceLink device={device} release={release} />
            <span>
              Support {days < 0 ? "ended" : "ends"} <When at={on} />
              {unitsInUse > 0 && <b className={days < 0 ? "tone-bad" : ""}>, {counted(unitsInUse, "unit")} in use</b>}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Current releases with parts whose support ends within twelve months. */
export function PartsEnding({ ending }: { ending: Today["partsEnding"] }) {
  return (
    <Section title="Parts whose support ends" count={ending.length}>
      <ul className="side-list">
        {ending.map(({ device, release, counts, next }) => (
          <li key={release.id}>
            <Link
              to="/devices/$deviceId/parts"
              params={{ deviceId: device.id }}
              search={{ release: release.id, sort: "support" }}
            >
              {device.name} {release.version}
            </Link>
            <span>
              {next !== null && (
                <>
                  {next.name}, <When at={next.on} />
                </>
              )}
              {counts.soon > 1 && <>, and {counted(counts.soon - 1, "more part")} within 12 months</>}
              {counts.ended > 0 && <b className="tone-bad">; {counts.ended.toLocaleString("en")} ended already</b>}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function MissingSboms({ missing }: { missing: Today["missingSbom"] }) {
  return (
    <Section title="Releases without an SBOM" count={missing.length}>
      <ul className="side-list">
        {missing.map(({ device, release, phase }) => (
          <li key={release.id}>
            <Link to="/devices/$deviceId/parts" params={{ deviceId: device.id }} search={{ release: release.id }}>
              {device.name} {release.version}
            </Link>
            <span>{PHASE_WORD[phase]}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
