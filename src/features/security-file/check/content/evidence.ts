import type { Item } from "../../schema.ts";
import { daysBetween } from "./days.ts";
import { type ContentRule, of } from "./rule.ts";

/** That claims have proofs, and proofs are whole and fresh (FDA premarket guidance, App. 2.B; 21 CFR 820, ISO 13485 4.2.5). */
export const evidenceRules: ContentRule[] = [
  {
    id: "EV-1",
    title: "Each proof is there, as it was taken in",
    section: "ISO 13485 4.2.5",
    fix: "Put the file back, or take the changed one in as new evidence",
    *find({ model, hashOf }) {
      for (const evidence of model.file.evidence) {
        const at = of("evidence", evidence);
        const { file, sha256, name } = evidence;
        if (file === null) continue;
        if (sha256 === null)
          yield { at, field: "sha256", message: `“${name}” has no hash`, fix: "Add the file's SHA-256" };
        if (hashOf === null) continue;
        const now = hashOf(file);
        if (now === null) yield { at, field: "file", message: `The file of “${name}” is not there: ${file}` };
        else if (sha256 !== null && now !== sha256)
          yield { at, field: "sha256", message: `The file of “${name}” is not what was taken in: ${file}` };
      }
    },
  },
  {
    id: "EV-2",
    title: "Each control that is implemented has a proof that is fresh",
    section: "FDA premarket App. 2.B, VI.B",
    fix: "Take in newer evidence, and name the control in it",
    *find({ model, asOf }) {
      for (const control of model.file.controls) {
        if (control.state !== "implemented" || control.purpose !== "security") continue;
        const proofs = model.file.evidence.filter(({ proves }) => proves.includes(control.id));
        const at = of("controls", control);
        if (proofs.length === 0) yield { at, message: `No evidence proves “${control.name}”` };
        else if (asOf !== null && !proofs.some((proof) => isFresh(proof, control.freshnessDays, asOf)))
          yield {
            at,
            field: "freshnessDays",
            message: `The newest evidence for “${control.name}” is too old on ${asOf}`,
          };
      }
    },
  },
];

/** Whether a proof counts on a day: for as long after the last day it proves as the control lets a proof age. */
function isFresh({ provesFrom, provesUntil }: Item<"evidence">, freshnessDays: number | null, on: string): boolean {
  if (daysBetween(provesFrom, on) < 0) return false;
  return freshnessDays === null || daysBetween(provesUntil ?? provesFrom, on) <= freshnessDays;
}
