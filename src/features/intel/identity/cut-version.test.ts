import fc from "fast-check";
import { expect, test } from "vitest";
import { type Purl, parsePurl, versionReader } from "../../../lib/purl.ts";
import { CPE_ATTRIBUTES, parseCpe } from "./cpe.ts";
import { formattedValue } from "./cpe-value.ts";
import {
  canStandAlone,
  placeInQualifiedPurl,
  placeOfCpeVersion,
  placeOfPurlVersion,
  type VersionPlace,
} from "./cut-version.ts";

const attempt = <T>(work: () => T): T | string => {
  try {
    return work();
  } catch (fault) {
    return String(fault);
  }
};
const alone = (text: string, { cut, to }: VersionPlace) => text.slice(0, cut) + text.slice(to);

/** The purl read through its cut name; undefined where it is to be read whole. */
function readByName(text: string): Purl | string | undefined {
  for (const place of [placeOfPurlVersion(text), placeInQualifiedPurl(text)]) {
    if (place === null || !canStandAlone(text.slice(0, place.cut))) continue;
    const name = attempt(() => parsePurl(alone(text, place)));
    if (typeof name === "string") return name;
    const read = versionReader(name.type);
    if (read !== null) return { ...name, version: read(text.slice(place.from, place.to)) };
  }
  return undefined;
}

const pieces = [
  "pkg:",
  "npm",
  "pypi",
  "deb",
  "/",
  "@",
  "a",
  "B_c",
  "1.0",
  "%40",
  "%2",
  "?",
  "#",
  "=",
  "&",
  "epoch=1",
  "distro=",
  "+",
  "~",
  " ",
  ":",
  "chrome-extension",
  "é",
];
const purl = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 10 }).map((parts) => `pkg:npm/${parts.join("")}`),
  fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 10 }).map((parts) => parts.join("")),
);

test("a package URL read through its name alone is the package URL read whole", () => {
  let cut = 0;
  fc.assert(
    fc.property(purl, (text) => {
      const read = readByName(text);
      if (read === undefined) return;
      cut++;
      expect(read).toEqual(attempt(() => parsePurl(text)));
    }),
    { numRuns: 5_000 },
  );
  expect(cut).toBeGreaterThan(100);
});

test.each([
  ["pkg:npm/lodash@4.17.20", "pkg:npm/lodash", "4.17.20"],
  ["pkg:npm/%40babel/core@7.0.0-rc.1", "pkg:npm/%40babel/core", "7.0.0-rc.1"],
  ["pkg:npm/@babel/core@7.0.0", "pkg:npm/@babel/core", "7.0.0"],
  [
    "pkg:deb/debian/openssl@3.0.11-1~deb12u2?arch=amd64&distro=debian-12",
    "pkg:deb/debian/openssl?arch=amd64&distro=debian-12",
    "3.0.11-1~deb12u2",
  ],
  ["pkg:golang/example.org/mod@v1.2.3%2Bincompatible#sub", "pkg:golang/example.org/mod#sub", "v1.2.3%2Bincompatible"],
])("%s is cut", (text, name, version) => {
  const place = placeOfPurlVersion(text) ?? placeInQualifiedPurl(text);
  expect(place && [alone(text, place), text.slice(place.from, place.to)]).toEqual([name, version]);
});

test.each(["pkg:npm/a@b@1.0", "pkg:npm/a@@1.0", "pkg:npm/@a/@b@1.0", "pkg:npm/a?x=b@1.0", "pkg:npm/a @1.0"])(
  "%s is read whole",
  (text) => {
    expect(readByName(text)).toBeUndefined();
  },
);

const cpePieces = ["a", "o", "*", "-", ":", "\\:", "\\", "1.0", "1\\.0\\+x", "Vendor", " ", "?", "é"];
const cpe = fc
  .array(fc.constantFrom(...cpePieces), { maxLength: 16 })
  .map((parts) => `cpe:2.3:a:v:p:${parts.join("")}`);

test("a CPE name read through its name alone is the CPE name read whole, its version aside", () => {
  let cut = 0;
  fc.assert(
    fc.property(cpe, (text) => {
      const place = placeOfCpeVersion(text);
      if (place === null) return;
      const whole = attempt(() => parseCpe(text));
      const name = attempt(() => parseCpe(alone(text, place)));
      if (typeof whole === "string" || typeof name === "string") {
        expect(name).toBe(whole);
        return;
      }
      cut++;
      expect(name.version).toBe("any");
      expect({ ...name, version: formattedValue(text.slice(place.from, place.to), "version") }).toEqual(whole);
      expect(Object.keys(name).sort()).toEqual([...CPE_ATTRIBUTES].sort());
    }),
    { numRuns: 5_000 },
  );
  expect(cut).toBeGreaterThan(100);
});
