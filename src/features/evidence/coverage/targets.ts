import type { Control, Test } from "../../security-file/assurance/schema.ts";
import { keyOf, type Proof } from "./coverage.ts";
import type { ProofTarget } from "./schema.ts";

interface Assurance {
  controls: readonly Pick<Control, "id" | "name" | "state" | "freshnessDays">[];
  tests: readonly Pick<Test, "id" | "name" | "verifies">[];
}

/** What evidence can prove: controls that are not ruled out, and tests. A test ages as the control it verifies that ages first. */
export function targetsOf({ controls, tests }: Assurance): ProofTarget[] {
  const freshness = new Map(controls.map(({ id, freshnessDays }) => [id, freshnessDays]));
  return [
    ...controls
      .filter(({ state }) => state !== "not-applicable")
      .map(({ id, name, freshnessDays }) => ({ kind: "control" as const, id, name, freshnessDays, known: true })),
    ...tests.map(({ id, name, verifies }) => {
      const days = verifies.flatMap((one) => freshness.get(one) ?? []);
      return {
        kind: "test" as const,
        id,
        name,
        freshnessDays: days.length === 0 ? null : Math.min(...days),
        known: true,
      };
    }),
  ];
}

/** What must be proven over time: controls that are there, and whatever else somebody gave evidence for. */
export function targetsToProve({ controls, tests }: Assurance, proofs: readonly Proof[]): ProofTarget[] {
  const named = new Set(proofs.map(({ target }) => keyOf(target)));
  const implemented = new Set(controls.filter(({ state }) => state === "implemented").map(({ id }) => id));
  const known = targetsOf({ controls, tests });
  const wanted = known.filter(
    (target) => (target.kind === "control" && implemented.has(target.id)) || named.has(keyOf(target)),
  );
  const knownKeys = new Set(known.map(keyOf));
  const strangers = [...new Map(proofs.map(({ target }) => [keyOf(target), target])).values()].filter(
    (target) => !knownKeys.has(keyOf(target)),
  );
  return [...wanted, ...strangers.map(({ kind, id }) => ({ kind, id, name: id, freshnessDays: null, known: false }))];
}

/** Evidence of a test is evidence of the controls the test verifies. */
export function withVerified({ controls, tests }: Assurance, proofs: readonly Proof[]): Proof[] {
  const ids = new Set(controls.map(({ id }) => id));
  const verified = new Map(tests.map(({ id, verifies }) => [id, verifies.filter((one) => ids.has(one))]));
  const all = proofs.flatMap((proof) =>
    proof.target.kind === "control"
      ? [proof]
      : [
          proof,
          ...(verified.get(proof.target.id) ?? []).map((id) => ({
            ...proof,
            target: { kind: "control" as const, id },
          })),
        ],
  );
  return [...new Map(all.map((proof) => [`${proof.evidenceId} ${keyOf(proof.target)}`, proof])).values()];
}
