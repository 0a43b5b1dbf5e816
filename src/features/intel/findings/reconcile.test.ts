import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FoundFinding, type KnownFinding, reconcile } from "./reconcile.ts";

const found = (over: Partial<FoundFinding> = {}): FoundFinding => ({
  identity: "pkg:generic/openssl",
  componentVersion: "3.0.8",
  advisory: "CVE-2023-0286",
  aliases: [],
  factsHash: "a",
  ...over,
});
const known = (over: Partial<KnownFinding> = {}): KnownFinding => ({ id: "1", gone: false, ...found(), ...over });

/** What would be in the table afterwards. */
function after(before: readonly KnownFinding[], now: readonly FoundFinding[]): KnownFinding[] {
  const r = reconcile(before, now);
  const updated = new Map([...r.changed, ...r.returned].map(({ id, found: f }) => [id, f]));
  return [
    ...before.map((k) => ({
      ...k,
      ...updated.get(k.id),
      gone: r.gone.includes(k.id) || (k.gone && !updated.has(k.id)),
    })),
    ...r.added.map((f, i) => ({ ...f, id: `new-${i}-${before.length}`, gone: false })),
  ];
}

describe("a decision follows its component", () => {
  test("through a new version of the component", () => {
    expect(reconcile([known()], [found({ componentVersion: "3.0.9" })]).changed).toMatchObject([
      { id: "1", versionChanged: true },
    ]);
  });
  test("through a new name of the vulnerability", () => {
    const r = reconcile([known({ advisory: "GHSA-x" })], [found({ aliases: ["GHSA-x"] })]);
    expect(r.changed).toMatchObject([{ id: "1", versionChanged: false }]);
  });
  test("out of the release and back in", () => {
    expect(reconcile([known()], []).gone).toEqual(["1"]);
    expect(reconcile([known({ gone: true })], [found()]).returned).toMatchObject([{ id: "1" }]);
  });
  test("and never to a sibling: the same package in two versions is two findings", () => {
    const r = reconcile(
      [known(), known({ id: "2", componentVersion: "1.1.1" })],
      [found({ componentVersion: "1.1.1" })],
    );
    expect(r).toMatchObject({ gone: ["1"], unchanged: 1, changed: [] });
  });
});

describe("whatever is known and found", () => {
  const shape = fc.record({
    identity: fc.constantFrom("a", "b"),
    componentVersion: fc.constantFrom("1", "2", null),
    advisory: fc.constantFrom("X", "Y", "Z"),
    aliases: fc.subarray(["X", "Y", "Z"]),
    factsHash: fc.constantFrom("h", "i"),
  });
  const history = fc.array(fc.array(shape, { maxLength: 6 }), { minLength: 1, maxLength: 4 });

  test("assessing the same twice changes nothing, every found one is there once, none is ever lost", () => {
    fc.assert(
      fc.property(history, (assessments) => {
        let table: KnownFinding[] = [];
        for (const now of assessments) {
          const next = after(table, now);
          expect(next.length).toBeGreaterThanOrEqual(table.length);
          const keys = (fs: readonly FoundFinding[]) =>
            [...new Set(fs.map((f) => JSON.stringify([f.identity, f.componentVersion, f.advisory])))].sort();
          const present = next.filter((k) => !k.gone);
          expect(keys(present)).toEqual(keys(now));
          expect(present).toHaveLength(keys(now).length);
          const again = reconcile(next, now);
          expect(again).toMatchObject({ added: [], changed: [], returned: [], gone: [] });
          table = next;
        }
      }),
    );
  });
});
