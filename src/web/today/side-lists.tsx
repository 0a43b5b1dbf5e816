import { Link } from "@tanstack/react-router";
import type { Today } from "../../features/work/schema.ts";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";
import { counted, PHASE_WORD } from "../kit/words.ts";

type Place = Pick<Today["missingSbom"][number], "device" | "release">;

const PlaceLink = ({ device, release }: Place) => (
  <Link to="/devices/$deviceId" params={{ deviceId: device.id }} search={{ release: release.id }}>
    {device.name} {release.version}
  </Link>
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

export function Clocks({ clocks }: { clocks: Today["endOfSupport"] }) {
  return (
    <Section title="Clocks that run" count={clocks.length}>
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
