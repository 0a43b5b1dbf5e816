import { describe, expect, test } from "vitest";
import type { VexStatement, VexStatus } from "../vex/schema.ts";
import type { Trust } from "./schema.ts";
import { type Current, type Said, sourceKey, stateSaid, weigh } from "./weigh.ts";

const SETTING: ReadonlySet<Trust> = new Set(["own", "supplier"]);
const NEW: Current = { state: "new", decidedThrough: null };

function said(text: string): Said {
  const [sourceId = "", trust = "", status = "", issuedAt = "", turned] = text.split(" ");
  const statement: VexStatement = {
    vulnerabilities: ["CVE-2026-1"],
    products: [],
    subcomponents: [],
    status: status as VexStatus,
    justification: status === "not_affected" ? "component_not_present" : null,
    originalJustification: null,
    impact: null,
    action: null,
    note: null,
    author: sourceId,
    source: { format: "openvex", document: "d", at: "/0" },
    issuedAt,
    version: null,
  };
  return { statementId: text, sourceId, trust: trust as Trust, statement, turnedDown: turned === "turned-down" };
}

describe("what statements do to a finding", () => {
  test.each<[string, Current, string[], string | null, string | null]>([
    ["nobody says anything", NEW, [], null, null],
    ["a trusted source sets", NEW, ["A supplier not_affected 2026-01"], "A supplier not_affected 2026-01", null],
    ["any other proposes", NEW, ["A third-party fixed 2026-01"], null, "A third-party fixed 2026-01"],
    ["so does one nobody decided on", NEW, ["A unknown fixed 2026-01"], null, "A unknown fixed 2026-01"],
    ["under investigation changes nothing", NEW, ["A own under_investigation 2026-01"], null, null],
    [
      "the newest of a source stands",
      NEW,
      ["A own affected 2026-02", "A own fixed 2026-01"],
      "A own affected 2026-02",
      null,
    ],
    [
      "the newest trusted one sets",
      NEW,
      ["A own affected 2026-01", "B supplier fixed 2026-03"],
      "B supplier fixed 2026-03",
      null,
    ],
    [
      "a newer word of a stranger is proposed against what is set",
      NEW,
      ["A own affected 2026-01", "B unknown fixed 2026-03"],
      "A own affected 2026-01",
      "B unknown fixed 2026-03",
    ],
    [
      "a person's decision stands; the statement is proposed",
      { state: "affected", decidedThrough: "person" },
      ["A own not_affected 2026-09"],
      null,
      "A own not_affected 2026-09",
    ],
    [
      "one that says the same is no proposal",
      { state: "fixed", decidedThrough: "person" },
      ["A own fixed 2026-09"],
      null,
      null,
    ],
    ["what was turned down is not proposed again", NEW, ["A unknown fixed 2026-01 turned-down"], null, null],
    [
      "what is newer than it is",
      NEW,
      ["A unknown fixed 2026-01 turned-down", "A unknown affected 2026-02"],
      null,
      "A unknown affected 2026-02",
    ],
  ])("%s", (_, current, texts, sets, proposes) => {
    const weighed = weigh(current, texts.map(said), SETTING);
    expect(weighed.sets?.statementId ?? null).toBe(sets);
    expect([...weighed.roles].filter(([, role]) => role === "proposes").map(([id]) => id)).toEqual(
      proposes === null ? [] : [proposes],
    );
  });

  test("a state that came from a statement goes when no trusted one says so any more", () => {
    const current: Current = { state: "not-affected", decidedThrough: "vex" };
    expect(weigh(current, [], SETTING)).toMatchObject({ sets: null, clears: true });
    const strange = weigh(current, [said("A unknown not_affected 2026-01")], SETTING);
    expect(strange).toMatchObject({ clears: true });
    expect([...strange.roles.values()]).toEqual(["proposes"]);
  });

  test("an author's own CycloneDX word is kept", () => {
    const { statement } = said("A own not_affected 2026-01");
    expect(stateSaid({ ...statement, originalJustification: "requires_configuration" })).toMatchObject({
      state: "not-affected",
      justification: "requires_configuration",
    });
  });

  test.each([
    ["  Acme   Devices ", "acme devices"],
    [null, ""],
  ])("an author is known again: %s", (author, key) => {
    expect(sourceKey(author)).toBe(key);
  });
});
