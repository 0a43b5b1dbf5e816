import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import type { Interval } from "../../src/features/intel/schema.ts";
import { isOrdered } from "../../src/features/intel/versions/order.ts";
import { covers } from "../../src/features/intel/versions/range.ts";
import { hasArchive, readArchive } from "./conformance.ts";

const Event = z.object({
  introduced: z.coerce.string().optional(),
  fixed: z.coerce.string().optional(),
  last_affected: z.coerce.string().optional(),
});
const Record = z.object({
  id: z.string(),
  affected: z
    .array(
      z.object({
        ranges: z.array(z.object({ type: z.string(), events: z.array(Event) })).default([]),
        versions: z.array(z.string()).default([]),
      }),
    )
    .default([]),
});

/** Each `introduced` up to the next `fixed` or `last_affected`, in the order these records write them. */
function intervalsOf(events: z.infer<typeof Event>[]): Interval[] {
  const intervals: Interval[] = [];
  for (const { introduced, fixed, last_affected: last } of events) {
    const open = intervals.at(-1);
    if (introduced !== undefined)
      intervals.push({ from: introduced, fromInclusive: true, to: null, toInclusive: false, fixed: null });
    else if (open !== undefined)
      Object.assign(open, { to: fixed ?? last ?? null, toInclusive: fixed === undefined, fixed: fixed ?? null });
  }
  return intervals;
}

const ARCHIVE = "advisories/pypa-osv-yaml.tar.gz";

/** One lists pre-releases of the release its range starts with, one the release its range ends before, and that one rebuilt. */
const CONTRADICT_THEMSELVES = ["PYSEC-2023-61", "PYSEC-2023-177"];

/** The records list every affected release besides the ranges: thousands of releases placed by someone else's code. */
describe.skipIf(!hasArchive(ARCHIVE))("PyPI ranges against the releases their records list", async () => {
  const files = await readArchive(ARCHIVE);
  test("the order puts the listed releases into the ranges", () => {
    let [records, listed, placed] = [0, 0, 0];
    const outside: string[] = [];
    const unplaced: string[] = [];
    for (const [path, text] of files) {
      if (!/\.ya?ml$/.test(path)) continue;
      const { id, affected } = Record.parse(parse(text));
      records++;
      for (const { ranges, versions } of affected) {
        const intervals = ranges.filter(({ type }) => type !== "GIT").flatMap(({ events }) => intervalsOf(events));
        if (intervals.length === 0) continue;
        for (const version of versions) {
          listed++;
          if (!isOrdered("pypi", version)) unplaced.push(`${id} ${version}`);
          else if (intervals.some((interval) => covers("pypi", interval, version))) placed++;
          else outside.push(`${id} ${version}`);
        }
      }
    }
    console.log(
      `PyPI: ${records} records, passed ${placed} of ${listed} listed releases; ${unplaced.length} are no PEP 440 versions (${unplaced.slice(0, 3).join(", ")}, …); outside their own ranges: ${outside.join(", ")}`,
    );
    expect([...new Set(outside.map((one) => one.split(" ")[0]))]).toEqual(CONTRADICT_THEMSELVES);
    expect(placed).toBe(listed - unplaced.length - outside.length);
    expect(placed).toBeGreaterThan(140_000);
    expect(unplaced.length / listed).toBeLessThan(0.001);
  });
});
