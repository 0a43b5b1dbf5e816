import fc from "fast-check";
import semver from "semver";
import { expect, test } from "vitest";
import { Fault } from "../../../lib/fault.ts";
import { parseNativeRange } from "./native.ts";
import { formatVers, parseVers, versContains } from "./vers.ts";

test.each([
  ["npm", "^1.2.0", "vers:npm/>=1.2.0|<2.0.0-0"],
  ["npm", "1.x || >=3.1.0", "vers:npm/>=1.0.0|<2.0.0-0|>=3.1.0"],
  ["npm", ">=1.0.0 <3.0.0 || >=2.0.0 <4.0.0", "vers:npm/>=1.0.0|<4.0.0"],
  ["npm", "*", "vers:npm/*"],
  ["npm", "1.2.3", "vers:npm/1.2.3"],
  ["cargo", "1.2", "vers:cargo/>=1.2.0|<2.0.0-0"],
  ["cargo", ">= 1.2.0, < 1.5.0", "vers:cargo/>=1.2.0|<1.5.0"],
  ["gem", "~> 2.2, != 2.2.1", "vers:gem/>=2.2|!=2.2.1|<3"],
  ["gem", ">= 10.0.0, != 10", "vers:gem/>10.0.0"],
  ["gem", "!= 1, <= 1.0", "vers:gem/<1.0"],
  ["pypi", "~=1.4.2", "vers:pypi/>=1.4.2|<1.5"],
  ["pypi", "==2.*, !=2.3", "vers:pypi/>=2|!=2.3|<3"],
  ["maven", "(,1.0],[1.2,)", "vers:maven/<=1.0|>=1.2"],
  ["maven", "[1.5]", "vers:maven/1.5"],
  ["nuget", "1.0", "vers:nuget/>=1.0"],
  ["composer", ">=2.0, <2.0.17", "vers:composer/>=2.0|<2.0.17"],
  ["deb", ">> 1.0~rc1, << 1:0", "vers:deb/>1.0~rc1|<1:0"],
  // As vers-spec's tests have them.
  ["conan", ">1 <2.0 || ^3.2 ", "vers:conan/>1|<2.0|>=3.2|<4"],
  ["conan", "~2.5.1", "vers:conan/>=2.5.1|<2.6"],
  ["conan", "~2.5", "vers:conan/>=2.5|<2.6"],
  ["conan", "~1", "vers:conan/>=1|<2"],
  ["conan", "^0.1.2", "vers:conan/>=0.1.2|<0.2"],
  ["conan", "^1.1.2-", "vers:conan/>=1.1.2|<2"],
  ["conan", "*, include_prerelease=True", "vers:conan/>=0.0.0"],
  ["conan", "<0.13.7||>=0.14.0 <0.14.11", "vers:conan/<0.13.7|>=0.14.0|<0.14.11"],
  ["conan", "=1.13.1-1", "vers:conan/1.13.1-1"],
  ["composer", "^1.2 || ~2.0.3", "vers:composer/>=1.2|<2-dev|>=2.0.3|<2.1-dev"],
  ["composer", "^0.3", "vers:composer/>=0.3|<0.4-dev"],
  ["composer", "~1.2|3.0.*", "vers:composer/>=1.2|<2-dev|>=3.0|<3.1-dev"],
  ["composer", "1.0 - 2.0", "vers:composer/>=1.0|<2.1-dev"],
  ["composer", "1.0.0 - 2.1.0", "vers:composer/>=1.0.0|<=2.1.0"],
  ["composer", "v1.2.3@dev", "vers:composer/1.2.3"],
])("%s writes %s for %s", (type, text, wanted) => {
  const range = parseNativeRange(type, text);
  expect(formatVers(range)).toBe(wanted);
  expect(parseVers(wanted, "strict")).toEqual(range);
});

test.each([
  ["npm", ">=1 what"],
  ["gem", "~> x"],
  ["gem", "^1.0"],
  ["pypi", "!=1.*"],
  ["pypi", "!=2, ==2.0"],
  ["nuget", "[1.0,2.0"],
  ["nuget", "(1.0)"],
  ["maven", "[1,2,3]"],
  ["maven", "[2.0,1.0]"],
  ["openssl", ">=1.0"],
  ["nginx", "1.2-"],
  ["composer", "> 2, < 1"],
  ["composer", "^1.2 ||"],
  ["composer", ">=1.*"],
  ["composer", "dev-main"],
  ["conan", "~x"],
  ["conan", ">*"],
  ["nobody", "1"],
])("%s %s is refused", (type, text) => {
  expect(() => parseNativeRange(type, text)).toThrow(Fault);
});

const version = fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4)).map((numbers) => numbers.join("."));
const comparator = fc
  .tuple(fc.constantFrom("^", "~", ">=", "<=", ">", "<", "=", ""), version)
  .map(([sign, at]) => sign + at);
const range = fc
  .array(
    fc.array(comparator, { minLength: 1, maxLength: 2 }).map((parts) => parts.join(" ")),
    { minLength: 1, maxLength: 3 },
  )
  .map((sets) => sets.join(" || "));

test("an npm range holds the releases the semver library says it holds", () => {
  fc.assert(
    fc.property(range, version, (text, asked) => {
      let read: ReturnType<typeof parseNativeRange>;
      try {
        read = parseNativeRange("npm", text);
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
        expect(semver.satisfies(asked, text)).toBe(false);
        return;
      }
      expect(versContains(read, asked)).toBe(semver.satisfies(asked, text));
    }),
    { numRuns: 3000 },
  );
});

test("any text is read or refused with a Fault", () => {
  const types = fc.constantFrom(
    "npm",
    "cargo",
    "gem",
    "pypi",
    "maven",
    "nuget",
    "openssl",
    "nginx",
    "composer",
    "conan",
    "deb",
    "x",
  );
  const pieces = fc.array(
    fc.constantFrom(
      "1",
      "2.0",
      ".",
      "*",
      "x",
      "[",
      "]",
      "(",
      ")",
      ",",
      "||",
      ">=",
      "<",
      "~>",
      "^",
      " ",
      "-",
      "!=",
      "+",
    ),
    {
      maxLength: 10,
    },
  );
  fc.assert(
    fc.property(
      types,
      fc.oneof(
        fc.string(),
        pieces.map((p) => p.join("")),
      ),
      fc.string(),
      (type, text, asked) => {
        try {
          expect(typeof versContains(parseNativeRange(type, text), asked)).toBe("boolean");
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      },
    ),
    { numRuns: 3000 },
  );
});
