import { expect, test } from "vitest";
import { type Decided, type Known, type OpenFinding, propose } from "./propose.ts";

const open: OpenFinding = {
  id: "open",
  revision: 3,
  state: "new",
  identity: "pkg:npm/minimist",
  componentName: "minimist",
  componentVersion: "1.2.5",
  purl: "pkg:npm/minimist@1.2.5",
  fixedIn: ["1.2.6"],
  isExcluded: false,
};
const decided: Decided = {
  id: "other",
  identity: "pkg:npm/minimist",
  componentVersion: "1.2.5",
  state: "not-affected",
  justification: "code_not_reachable",
  note: "Not called.",
  suspect: false,
  deviceName: "Pump",
  releaseVersion: "2.0",
  decidedBy: "Ada",
  decidedAt: new Date("2026-03-04T09:00:00Z"),
};
const statement = {
  findingId: "open",
  statementId: "said",
  decision: { state: "fixed" as const, justification: null, note: "Back-ported." },
  author: "Maker",
  source: "Maker (third party; vex.json)",
};
const known = (part: Partial<Known> = {}): Known => ({ decided: [], statements: [], ...part });

test.each<[string, Partial<OpenFinding>, Known, string | null, string | null]>([
  ["nothing is known", {}, known(), null, null],
  [
    "the same part in the same version was decided",
    {},
    known({ decided: [decided] }),
    "same-part-elsewhere",
    "not-affected",
  ],
  ["it was decided for another version", { componentVersion: "1.2.4" }, known({ decided: [decided] }), null, null],
  ["it was decided for another part", { identity: "pkg:npm/other" }, known({ decided: [decided] }), null, null],
  [
    "the decision elsewhere is to be looked at again",
    {},
    known({ decided: [{ ...decided, suspect: true }] }),
    null,
    null,
  ],
  [
    "people decided differently",
    {},
    known({ decided: [decided, { ...decided, id: "third", state: "affected", justification: null }] }),
    null,
    null,
  ],
  [
    "a statement stands against a decision",
    {},
    known({ decided: [decided], statements: [statement] }),
    "vex-statement",
    "fixed",
  ],
  [
    "two sources state different things",
    {},
    known({ statements: [statement, { ...statement, decision: { ...statement.decision, state: "affected" } }] }),
    null,
    null,
  ],
  ["its SBOM says that it is not shipped", { isExcluded: true }, known(), "excluded-by-sbom", "not-affected"],
  [
    "a person decided otherwise about a part that is not shipped",
    { isExcluded: true },
    known({ decided: [{ ...decided, state: "affected", justification: null }] }),
    "same-part-elsewhere",
    "affected",
  ],
  ["the part is the fixed version", { componentVersion: "1.2.6" }, known(), "fixed-version-present", "fixed"],
  ["the fixed version is written with a v", { componentVersion: "v1.2.6" }, known(), "fixed-version-present", "fixed"],
  ["the part is newer than one of the fixes only", { componentVersion: "1.3.0" }, known(), null, null],
  [
    "an older version was affected and the fix is not reached",
    {},
    known({ decided: [{ ...decided, componentVersion: "1.2.0", state: "affected", justification: null }] }),
    "still-below-fix",
    "affected",
  ],
  [
    "it is affected already",
    { state: "affected" },
    known({ decided: [{ ...decided, componentVersion: "1.2.0", state: "affected", justification: null }] }),
    null,
    null,
  ],
])("when %s", (_, part, what, rule, state) => {
  const proposal = propose([{ ...open, ...part }], what);
  expect([proposal?.rule ?? null, proposal?.decision.state ?? null]).toEqual([rule, state]);
});

test("what fits most findings is proposed first, for exactly those, with the revision that was judged", () => {
  const two = [open, { ...open, id: "second", revision: 7 }];
  const third = { ...open, id: "third", componentVersion: "1.2.6" };
  const proposal = propose([third, ...two], known({ decided: [decided] }));
  expect(proposal?.findings).toEqual([
    { id: "open", revision: 3, statementId: null },
    { id: "second", revision: 7, statementId: null },
  ]);
  expect(proposal?.reason).toBe("Ada decided so for the same part, minimist 1.2.5, in Pump 2.0: Not called.");
});
