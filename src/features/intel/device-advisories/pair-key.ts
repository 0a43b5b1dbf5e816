import { vendorsIn } from "./vendors.ts";
import { plainWords } from "./words.ts";

/** The words of a maker and a product, however an advisory spells them: what a person said once of a pair holds for all of these. */
export const pairKey = ({ vendor, name }: { vendor: string; name: string }): string =>
  `${vendorsIn(vendor).sort().join("+")} ${plainWords(name).join(" ")}`.slice(0, 500);
