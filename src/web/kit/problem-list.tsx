import { Spoiler } from "@mantine/core";
import type { Problem } from "../../features/devices/sbom/schema.ts";
import { counted } from "./words.ts";

/** Where a document could not be used, and why; the rest was read. */
export function ProblemList({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <div className="problem-list">
      <p className="tone-warn">{counted(problems.length, "place")} could not be used; the rest was read:</p>
      <Spoiler maxHeight={120} showLabel={`Show all ${problems.length}`} hideLabel="Show less">
        <ul>
          {problems.map(({ at, reason }) => (
            <li key={`${at} ${reason}`}>
              <code>{at}</code> {reason}
            </li>
          ))}
        </ul>
      </Spoiler>
    </div>
  );
}
