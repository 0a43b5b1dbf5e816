import { HARMS, type Harm } from "../../devices/schema.ts";
import type { AcceptanceMatrix } from "../../security-file/threats/schema.ts";
import { metricsOf, type RiskFacts } from "../facts.ts";
import type { ControlProposal, Exploitability } from "../schema.ts";

/** What people at the bedside said; null: not asked yet or not known. */
export interface BedsideAnswers {
  /** `none`: no patient can come to harm. */
  harm: Harm | "none" | null;
  noticed: "at-once" | "later" | "no" | null;
  fallback: "yes" | "short" | "no" | null;
}

/** Of the rubric's questions of care: whether any may be touched. Null: the advisory and the file do not say. */
export type TouchesCare = boolean | null;

/**
 * Controlled or uncontrolled, by exploitability and severity of patient harm (FDA, Postmarket Management of Cybersecurity in Medical
 * Devices, 2016, section VI). FDA's figure draws no sharp line; where we draw it stands in catalogs/acceptance. Unknown harm counts as the worst.
 */
export function proposeControl(
  facts: RiskFacts,
  exploitation: string | null,
  touchesCare: TouchesCare,
  bedside: BedsideAnswers,
  { cells }: Pick<AcceptanceMatrix, "cells">,
): ControlProposal {
  const exploit = exploitabilityOf(facts, exploitation);
  const harm = harmOf(facts, touchesCare, bedside);
  const base = { exploitability: exploit.level, reasons: [harm.because, exploit.because] };
  if (harm.level === "none") return { ...base, risk: "controlled", clear: harm.known, harm: null };
  const cell = cells[exploit.level][harm.level];
  const mitigated = bedside.noticed === "at-once" && bedside.fallback === "yes";
  const at = { ...base, harm: harm.level };
  const softened = mitigated ? ["It would be noticed at once, and care can go on another way"] : [];
  if (cell === "unacceptable")
    return { ...at, risk: "uncontrolled", clear: harm.known && !mitigated, reasons: [...base.reasons, ...softened] };
  if (cell === "acceptable") return { ...at, risk: "controlled", clear: harm.known };
  const note = mitigated
    ? softened
    : ["It is near the line, and nobody said that it would be noticed at once and care can go on"];
  return { ...at, risk: mitigated ? "controlled" : "uncontrolled", clear: false, reasons: [...base.reasons, ...note] };
}

function harmOf(facts: RiskFacts, touchesCare: TouchesCare, bedside: BedsideAnswers) {
  if (bedside.harm === "none")
    return { level: "none", known: true, because: "A clinician says that no patient can come to harm" } as const;
  if (bedside.harm !== null)
    return { level: bedside.harm, known: true, because: `A clinician says: ${bedside.harm} harm` } as const;
  if (!facts.reachesFunction)
    return {
      level: "none",
      known: true,
      because: "The part reaches no function of the device, by a recorded fact",
    } as const;
  if (touchesCare === false)
    return {
      level: "none",
      known: true,
      because: "It touches neither therapy, diagnosis nor workflow; a loss of patient data alone is no patient harm",
    } as const;
  const declared = HARMS[HARMS.length - facts.harm];
  if (declared === undefined)
    return {
      level: "catastrophic",
      known: false,
      because: "Nobody stated what the device does for a patient: any harm is thinkable",
    } as const;
  const through = facts.harmFunction === null ? "" : ` through ${facts.harmFunction}`;
  return { level: declared, known: touchesCare === true, because: `Declared harm: ${declared}${through}` } as const;
}

function exploitabilityOf(facts: RiskFacts, exploitation: string | null): { level: Exploitability; because: string } {
  if (exploitation === "active") return { level: "high", because: "It is being exploited" };
  const metrics = metricsOf(facts.vector);
  if (metrics.size === 0) return { level: "high", because: "No score says how hard it is to exploit" };
  const isolated =
    facts.networkPosition === "isolated" &&
    facts.interfaces.every(({ kind }) => kind !== "wired" && kind !== "wireless");
  const far = (metrics.get("AV") === "N" || metrics.get("AV") === "A") && !isolated;
  const hurdles = [
    metrics.get("AC") === "H" && "it is hard to carry out",
    metrics.get("AT") === "P" && "it needs conditions an attacker does not control",
    (metrics.get("PR") ?? "N") !== "N" && "the attacker needs rights before",
    ["S", "M"].includes(metrics.get("Au") ?? "") && "the attacker needs rights before",
    (metrics.get("UI") ?? "N") !== "N" && "somebody else must do something",
  ].filter((hurdle) => hurdle !== false);
  const where = far ? "It can be exploited over a network" : "It needs access to the device itself";
  const because = `${where}${hurdles.length === 0 ? ", with nothing in the way" : `; ${hurdles.join(", ")}`}`;
  const steps = (far ? 0 : 1) + Math.min(hurdles.length, 2) - (exploitation === "public-poc" ? 1 : 0);
  const poc = exploitation === "public-poc" ? "; how to do it is public" : "";
  return { level: steps <= 0 ? "high" : steps === 1 ? "medium" : "low", because: because + poc };
}
