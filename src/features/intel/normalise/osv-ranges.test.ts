import fc from "fast-check";
import { expect, test } from "vitest";
import { covers } from "../versions/range.ts";
import { osvIntervals } from "./osv-ranges.ts";
import type { OsvEvent } from "./osv-shape.ts";

/** The evaluation as the OSV schema words it, version by version; versions here are whole numbers. */
function affectedBySchema(events: readonly OsvEvent[], version: number): boolean {
  const limits = events.flatMap((event) => (event.limit === undefined ? [] : [event.limit]));
  if (limits.length > 0 && !limits.some((limit) => limit === "*" || version < Number(limit))) return false;
  let vulnerable = false;
  const at = (event: OsvEvent) => Number(event.introduced ?? event.fixed ?? event.last_affected);
  const turns = events.filter((event) => event.limit === undefined);
  for (const event of turns.sort((a, b) => at(a) - at(b))) {
    if (event.introduced !== undefined && version >= at(event)) vulnerable = true;
    else if (event.fixed !== undefined && version >= at(event)) vulnerable = false;
    else if (event.last_affected !== undefined && version > at(event)) vulnerable = false;
  }
  return vulnerable;
}

const distinctEvents = fc
  .uniqueArray(fc.tuple(fc.nat(20), fc.constantFrom("introduced", "fixed", "last_affected", "limit")), {
    selector: ([version]) => version,
    maxLength: 8,
  })
  .map((pairs) => pairs.map(([version, kind]): OsvEvent => ({ [kind]: String(version) })));

test("intervals hold for exactly the versions the schema's algorithm finds affected", () => {
  fc.assert(
    fc.property(distinctEvents, (events) => {
      const intervals = osvIntervals(events, "generic");
      for (let version = 0; version <= 21; version++)
        expect(intervals.some((one) => covers("generic", one, String(version)))).toBe(
          affectedBySchema(events, version),
        );
    }),
    { numRuns: 2000 },
  );
});
