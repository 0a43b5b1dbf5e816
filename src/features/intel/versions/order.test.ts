import fc from "fast-check";
import semverLibrary from "semver";
import { describe, expect, test } from "vitest";
import { Scheme } from "../schema.ts";
import { compareVersions, isOrdered } from "./order.ts";

const number = fc.oneof(
  fc.nat(3).map(String),
  fc.nat(120).map(String),
  fc.constantFrom("0", "00", "01", "20240101", "9".repeat(30)),
);
const word = fc.constantFrom(
  ..."a b c m z x alpha beta rc RC cr pre dev post snapshot SNAPSHOT final ga sp p pl git svn r el8 deb11u1 ubuntu1".split(
    " ",
  ),
  ..."# fips milestone preview RELEASE blah rc1 incompatible g1a2b3c".split(" "),
);
const separator = fc.constantFrom(".", "-", "_", "+", "~", "^", ":", "", "!", "..", "-r", " ", "/");
const version = fc
  .array(fc.tuple(fc.oneof({ weight: 3, arbitrary: number }, word), separator), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.map(([value, after], i) => (i === parts.length - 1 ? value : value + after)).join(""));
const alike = fc.constantFrom(
  "1",
  "1.0",
  "1.0.0",
  "1-0",
  "1.0-1",
  "1.0.1",
  "1.0a",
  "1.0-alpha",
  "1-1",
  "1.a",
  "1.0.",
  "v1.0",
  "",
);
const anyVersion = fc.oneof(version, alike, fc.string({ maxLength: 8 }), fc.string({ unit: "binary", maxLength: 4 }));

describe.each(Scheme.options)("the order of %s", (scheme) => {
  test("is total: reflexive, antisymmetric, transitive, for any text", () => {
    fc.assert(
      fc.property(anyVersion, anyVersion, anyVersion, (a, b, c) => {
        const ab = compareVersions(scheme, a, b);
        const bc = compareVersions(scheme, b, c);
        const ac = compareVersions(scheme, a, c);
        expect(compareVersions(scheme, a, a)).toBe(0);
        expect(compareVersions(scheme, b, a)).toBe(0 - ab);
        if (ab <= 0 && bc <= 0) expect(ac).toBe(ab === 0 && bc === 0 ? 0 : -1);
        if (ab >= 0 && bc >= 0) expect(ac).toBe(ab === 0 && bc === 0 ? 0 : 1);
      }),
      { numRuns: 3000 },
    );
  });
  test("a sorted set is sorted for every pair, and equal versions stand alike to all others", () => {
    const token = fc.constantFrom(
      "0",
      "1",
      "01",
      "a",
      "b",
      "rc",
      "sp",
      "ga",
      "x",
      "p",
      "dev",
      "post",
      "#",
      "*",
      "~",
      "^",
      "_",
    );
    const joint = fc.constantFrom("", ".", "-", "_", "+", ":", "!", "-r", "..");
    const close = fc
      .array(fc.tuple(joint, token), { minLength: 1, maxLength: 4 })
      .map((parts) => `1${parts.flat().join("")}`);
    fc.assert(
      fc.property(fc.uniqueArray(close, { minLength: 20, maxLength: 40 }), (versions) => {
        const sorted = versions.toSorted((a, b) => compareVersions(scheme, a, b));
        const places = sorted.map((a) => sorted.map((b) => compareVersions(scheme, a, b)));
        const wrong = places.flatMap((row, i) =>
          row.flatMap((sign, j) => (i < j && sign > 0 ? [[sorted[i], sorted[j]]] : [])),
        );
        expect(wrong).toEqual([]);
        for (const [i, row] of places.entries())
          for (const [j, sign] of row.entries())
            if (sign === 0) expect(places[j], `${sorted[i]} = ${sorted[j]}`).toEqual(row);
      }),
      { numRuns: 60 },
    );
  });
  test("answers for any text whether it is a version", () => {
    fc.assert(fc.property(anyVersion, (a) => typeof isOrdered(scheme, a) === "boolean"));
  });
});

const identifier = fc.oneof(fc.nat(30).map(String), fc.stringMatching(/^[0-9A-Za-z-]{0,4}[A-Za-z-]$/));
const strict = fc
  .tuple(
    fc.nat(3),
    fc.nat(12),
    fc.nat(3),
    fc.array(identifier, { maxLength: 3 }),
    fc.array(identifier, { maxLength: 1 }),
  )
  .map(
    ([a, b, c, pre, build]) =>
      `${a}.${b}.${c}${pre.length > 0 ? `-${pre.join(".")}` : ""}${build.length > 0 ? `+${build[0]}` : ""}`,
  );

test("the own SemVer order agrees with the semver library on every valid version", () => {
  fc.assert(
    fc.property(strict, strict, (a, b) => {
      expect(compareVersions("semver", a, b)).toBe(semverLibrary.compare(a, b));
      expect(isOrdered("semver", a)).toBe(true);
    }),
    { numRuns: 5000 },
  );
});
