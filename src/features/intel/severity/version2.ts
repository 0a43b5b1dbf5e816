import type { CvssVector } from "./vector.ts";

/** Base, temporal and environmental score of a version 2.0 vector; null where it states no metric of that group. */
export interface Version2Scores {
  base: number;
  temporal: number | null;
  environmental: number | null;
}

/**
 * The equations of the CVSS v2 guide, section 3.2, each rounded on its own as the guide writes them: the environmental score is counted
 * from the adjusted base and temporal scores as they are after rounding.
 */
export function scoresOfVersion2({ metrics }: Pick<CvssVector, "metrics">): Version2Scores {
  const weight = (metric: string) => WEIGHTS[metric]?.[metrics.get(metric) ?? "ND"] ?? 1;
  const states = (names: readonly string[]) => names.some((name) => (metrics.get(name) ?? "ND") !== "ND");
  const exploitability = 20 * weight("AV") * weight("AC") * weight("Au");
  const baseBy = (impact: number) =>
    impact === 0 ? 0 : roundHalfUp((0.6 * impact + 0.4 * exploitability - 1.5) * 1.176);
  const impactBy = (needs: boolean) =>
    10.41 * (1 - ["C", "I", "A"].reduce((left, of) => left * (1 - weight(of) * (needs ? weight(`${of}R`) : 1)), 1));
  const temporalBy = (score: number) => roundHalfUp(score * weight("E") * weight("RL") * weight("RC"));

  const base = baseBy(impactBy(false));
  const adjusted = temporalBy(baseBy(Math.min(10, impactBy(true))));
  const environmental = roundHalfUp((adjusted + (10 - adjusted) * weight("CDP")) * weight("TD"));
  return {
    base,
    temporal: states(["E", "RL", "RC"]) ? temporalBy(base) : null,
    environmental: states(["CDP", "TD", "CR", "IR", "AR"]) ? Math.max(0, environmental) : null,
  };
}

/** To one decimal; what is a half but for the last bit of a binary fraction counts as a half. */
const roundHalfUp = (value: number): number => Math.floor(value * 10 + 0.5 + 1e-9) / 10;

const IMPACT = { N: 0, P: 0.275, C: 0.66 };
const NEED = { L: 0.5, M: 1, H: 1.51, ND: 1 };
const WEIGHTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { L: 0.395, A: 0.646, N: 1 },
  AC: { H: 0.35, M: 0.61, L: 0.71 },
  Au: { M: 0.45, S: 0.56, N: 0.704 },
  C: IMPACT,
  I: IMPACT,
  A: IMPACT,
  E: { U: 0.85, POC: 0.9, F: 0.95, H: 1, ND: 1 },
  RL: { OF: 0.87, TF: 0.9, W: 0.95, U: 1, ND: 1 },
  RC: { UC: 0.9, UR: 0.95, C: 1, ND: 1 },
  CDP: { N: 0, L: 0.1, LM: 0.3, MH: 0.4, H: 0.5, ND: 0 },
  TD: { N: 0, L: 0.25, M: 0.75, H: 1, ND: 1 },
  CR: NEED,
  IR: NEED,
  AR: NEED,
};
