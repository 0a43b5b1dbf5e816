import { Residual, type ResidualConclusion, type WeighedRisk } from "./schema.ts";

const WORDS: Record<Residual, string> = {
  "not-rated": "not rated yet",
  acceptable: "acceptable",
  "with-reason": "on the line with a reason",
  "needs-reason": "on the line without a reason",
  benefit: "accepted for its benefit",
  unacceptable: "unacceptable",
  avoided: "avoided",
};

const AGAINST: readonly Residual[] = ["unacceptable", "needs-reason"];

/** The overall residual risk in a sentence, and whether it is acceptable (SRM-3; ISO 14971, 8). */
export function concludeResidual(risks: readonly Pick<WeighedRisk, "residual">[]): ResidualConclusion {
  const counts = Object.fromEntries(
    Residual.options.map((one) => [one, risks.filter(({ residual }) => residual === one).length]),
  ) as Record<Residual, number>;
  const parts = Residual.options.flatMap((one) => (counts[one] === 0 ? [] : [`${counts[one]} ${WORDS[one]}`]));
  if (risks.length === 0) return { acceptable: null, counts, sentence: "No risk is written down yet." };
  const isOpen = counts["not-rated"] > 0;
  const isAgainst = AGAINST.some((one) => counts[one] > 0);
  const acceptable = isAgainst ? false : isOpen ? null : true;
  const all = risks.length === 1 ? "One risk" : `${risks.length} risks`;
  const word = acceptable === null ? "is not known yet" : acceptable ? "is acceptable" : "is not acceptable yet";
  return { acceptable, counts, sentence: `${all}: ${parts.join(", ")}. The overall residual risk ${word}.` };
}
