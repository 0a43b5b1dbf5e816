import { Link } from "@tanstack/react-router";
import type { Today } from "../../features/work/schema.ts";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";
import { counted } from "../kit/words.ts";

type Place = Pick<Today["testFindings"][number], "device" | "release">;

const EvidenceLink = ({ device, release }: Place) => (
  <Link to="/devices/$deviceId/evidence" params={{ deviceId: device.id }} search={{ release: release.id }}>
    {device.name} {release.version}
  </Link>
);

/** What tests found and nobody decided on; while it is so, the evidence proves nothing. */
export const UndecidedTests = ({ waiting }: { waiting: Today["testFindings"] }) => (
  <Section
    title="Findings of tests to decide"
    count={waiting.reduce((sum, { open, overdue }) => sum + open + overdue, 0)}
  >
    <ul className="side-list">
      {waiting.map(({ device, release, open, overdue }) => (
        <li key={release.id}>
          <EvidenceLink device={device} release={release} />
          <span>
            {open > 0 && `${open.toLocaleString("en")} open`}
            {overdue > 0 && (
              <b className="tone-bad">
                {open > 0 && ", "}
                {counted(overdue, "deferral")} overdue
              </b>
            )}
          </span>
        </li>
      ))}
    </ul>
  </Section>
);

/** Controls whose proof runs out within a month, or did. */
export const ProofsEnding = ({ ending }: { ending: Today["proofsEnding"] }) => (
  <Section title="To prove again" count={ending.reduce((sum, one) => sum + one.ending + one.ended, 0)}>
    <ul className="side-list">
      {ending.map(({ device, release, ended, ending: soon, next }) => (
        <li key={release.id}>
          <EvidenceLink device={device} release={release} />
          <span>
            {next !== null && (
              <>
                {next.name}, <When at={next.on} />
                {soon > 1 && `, and ${soon - 1} more`}
              </>
            )}
            {ended > 0 && (
              <b className="tone-bad">
                {next !== null && "; "}
                {ended.toLocaleString("en")} no longer proven
              </b>
            )}
          </span>
        </li>
      ))}
    </ul>
  </Section>
);
