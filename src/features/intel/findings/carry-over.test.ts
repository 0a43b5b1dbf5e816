import { describe, expect, test } from "vitest";
import { type CarriedFinding, carryOver, configurationChange } from "./carry-over.ts";

const finding = (change: Partial<CarriedFinding> = {}): CarriedFinding => ({
  id: "f",
  identity: "pkg:generic/openssl",
  componentVersion: "3.0.1",
  purl: "pkg:generic/openssl@3.0.1",
  cpe: null,
  advisory: "CVE-2026-1",
  aliases: [],
  state: "not-affected",
  suspect: false,
  ...change,
});

describe("a decision of the release before", () => {
  test.each<[string, Partial<CarriedFinding>, Partial<CarriedFinding>, string | null, string | null]>([
    ["holds for the same part", {}, {}, null, null],
    ["holds under another name of the vulnerability", { advisory: "GHSA-1" }, { aliases: ["GHSA-1"] }, null, null],
    ["not for another version", { componentVersion: "3.0.2" }, {}, null, "the part was 3.0.1 there and is 3.0.2 here"],
    [
      "not where a version appeared",
      {},
      { componentVersion: null },
      null,
      "the part was without version there and is 3.0.1 here",
    ],
    [
      "not for another build",
      { purl: "pkg:generic/openssl@3.0.1?arch=arm" },
      {},
      null,
      "the part is built or packaged in another way here",
    ],
    ["not when it was doubtful there", {}, { suspect: true }, null, "it was to be looked at again there already"],
    ["not with other interfaces", {}, {}, "the interfaces are others", "the interfaces are others"],
  ])("%s", (_, here, there, same, again) => {
    expect(carryOver([finding(here)], [finding(there)], same).map((one) => one.again)).toEqual([again]);
  });

  test.each([
    ["another part", { identity: "pkg:generic/zlib" }],
    ["another vulnerability", { advisory: "CVE-2026-2" }],
  ])("says nothing of %s", (_, here) => {
    expect(carryOver([finding(here)], [finding()], null)).toEqual([]);
  });

  test("of two versions of a part the same one counts", () => {
    const before = [finding({ id: "old", componentVersion: "1.0", purl: null }), finding({ id: "same" })];
    expect(carryOver([finding()], before, null)).toMatchObject([{ before: { id: "same" }, again: null }]);
  });
});

test.each<[string, string | null, string[]]>([
  ["in another order, with other notes", null, ["wired LAN HL7 true", "wireless WLAN TLS false"]],
  ["one less", "the interfaces of the release are others now", ["wired LAN HL7 true"]],
  [
    "one exposed no more",
    "the interfaces of the release are others now",
    ["wired LAN HL7 false", "wireless WLAN TLS false"],
  ],
  ["none stated", "this release states no interface yet", []],
])("interfaces, %s: %s", (_, change, texts) => {
  const read = (text: string) => {
    const [kind = "", name = "", protocol = "", exposed] = text.split(" ");
    return { kind, name, protocol, exposed: exposed === "true" };
  };
  const before = ["wireless WLAN TLS false", "wired lan hl7 true"].map(read);
  const of = (interfaces: typeof before) => ({ interfaces, networkPosition: null });
  expect(configurationChange(of(texts.map(read)), of(before))).toBe(change);
});

test.each([
  ["hospital-network", "hospital-network", null],
  ["isolated", "hospital-network", "the release stands in another network now"],
  ["isolated", null, "this release does not state its network position yet"],
  [null, "internet", null],
])("network position %s, then %s: %s", (before, here, change) => {
  const at = (networkPosition: string | null) => ({ interfaces: [], networkPosition });
  expect(configurationChange(at(here), at(before))).toBe(change);
});
