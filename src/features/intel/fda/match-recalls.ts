import { type Similarity, similarity } from "../device-advisories/similarity.ts";
import { sameFirm, vendorsIn, vendorWords } from "../device-advisories/vendors.ts";
import type { Subject } from "../source.ts";
import type { FdaRecall } from "./schema.ts";

export interface RecallMatch {
  recall: FdaRecall;
  grade: Similarity["grade"];
  /** Why firm and product agree, one sentence each. */
  evidence: string[];
}

const MOST_CLAUSES = 40;
const SHOWN = 160;

/**
 * Whether a recall may be about a device, and why; a function for one device, because many recalls are held against it. The firm must be
 * the maker, and one clause of the product description must be able to mean the product. Evidence to look at, never a finding.
 */
export function recallMatcher({ manufacturer, product, model }: Subject): (recall: FdaRecall) => RecallMatch | null {
  const words = vendorWords(vendorsIn(manufacturer));
  const asked = model === null || product.includes(model) ? [product] : [`${product} ${model}`, product];
  const firms = new Map<string, string | null>();
  return (recall) => {
    const known = firms.get(recall.firm);
    const firm = known === undefined ? sameFirm(manufacturer, recall.firm) : known;
    firms.set(recall.firm, firm);
    if (firm === null) return null;
    let best: Similarity | null = null;
    for (const clause of clausesOf(recall.product))
      for (const name of asked) {
        const alike = similarity(name, clause, words, "the recall");
        if (alike !== null && (best === null || (best.grade === "weak" && alike.grade === "strong"))) best = alike;
        if (best?.grade === "strong") break;
      }
    return best === null ? null : { recall, grade: best.grade, evidence: [firm, best.evidence] };
  };
}

/** Descriptions run on: names, models and what comes with them, divided by signs and numbers. */
function clausesOf(description: string): string[] {
  const clauses = description
    .split(/[;:\n]|,\s|\.\s|\(\d\)|\b\d{1,2}\)/)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== "");
  return [...clauses.slice(0, MOST_CLAUSES), description].map((clause) => clause.slice(0, SHOWN));
}
