import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Interval } from "../schema.ts";
import { compareVersions, isOrdered } from "../versions/order.ts";
import { covers } from "../versions/range.ts";
import { LAST_PLACE, placeOf, placesOf, sortBounds } from "./ranks.ts";

const SCHEMES = ["semver", "pypi", "maven", "deb", "rpm", "apk", "linux", "openssl", "generic", "rubygems"] as const;
const number = fc.integer({ min: 0, max: 12 }).map(String);
const version = fc
  .tuple(
    fc.array(number, { minLength: 1, maxLength: 4 }),
    fc.constantFrom("", "", "", "-rc1", "a", "b2", "~1", "+deb11u1", "-r4", ".*"),
  )
  .map(([numbers, tail]) => numbers.join(".") + tail);
const bound = fc.option(version, { nil: null, freq: 4 });
const interval: fc.Arbitrary<Interval> = fc.record({
  from: bound,
  fromInclusive: fc.boolean(),
  to: bound,
  toInclusive: fc.boolean(),
  fixed: fc.constant(null),
});

describe("places on the line of bounds", () => {
  test.each(SCHEMES)("%s: two numbers decide as the order itself does", (scheme) => {
    const compare = (a: string, b: string) => compareVersions(scheme, a, b);
    fc.assert(
      fc.property(fc.array(interval, { minLength: 1, maxLength: 8 }), version, (intervals, asked) => {
        fc.pre(isOrdered(scheme, asked));
        const bounds = sortBounds(
          intervals.flatMap(({ from, to }) => [from, to].filter((text) => text !== null)),
          compare,
        );
        const place = (text: string) => placeOf(text, bounds.length, (i) => bounds[i] ?? "", compare);
        for (const one of intervals) {
          const { first, last } = placesOf(one, place);
          expect(first <= place(asked) && place(asked) <= last).toBe(covers(scheme, one, asked));
        }
      }),
      { numRuns: 400 },
    );
  });

  test("an open interval is the whole line", () => {
    const open = { from: "0", fromInclusive: true, to: null, toInclusive: false, fixed: null };
    expect(placesOf(open, () => 1)).toEqual({ first: 0, last: LAST_PLACE });
  });
});
