import { type Purl, parsePurl } from "../../../lib/purl.ts";
import type { Component } from "../../devices/sbom/schema.ts";
import { purlWithSource, versionOfPurl } from "../identity/purl-source.ts";
import { identify } from "../match/identify.ts";
import type { IntelLookup } from "../match/lookup.ts";
import { cpeKey, keyParts, nameKey, vendorAndProduct } from "../rank-index/key.ts";
import { answerOf, best, gap } from "./answer.ts";
import { cpeOfDistribution } from "./distribution.ts";
import { supportOfPackage } from "./distribution-package.ts";
import { isOfDistribution, supportKeyOf } from "./lookup.ts";
import { type Support, type SupportRule, UNSPOKEN } from "./schema.ts";

/** What of the intelligence is asked. */
export type SupportIntel = Pick<IntelLookup, "support" | "find" | "sameProduct" | "keyText">;

export interface SupportOptions {
  asOf: Date;
  /** The distribution release the SBOM is about, from its operating-system component (`debian-12.5`). */
  system: string | null;
}

interface Question {
  rule: SupportRule;
  key: string;
  version: string | null;
}

/**
 * How a part is supported on a day (UTC), by which record, and where that is not known, what is missing. By its own package
 * URL first, then what a mapping calls the same product, then CPE; packages of a distribution by the distribution alone.
 */
export function supportOf(component: Component, intel: SupportIntel, { asOf, system }: SupportOptions): Support {
  const day = asOf.toISOString().slice(0, 10);
  if (intel.support.size === 0)
    return gap("No feed of support dates is in the intelligence: build it with endoflife.date's product pages");
  const purl = readPurl(purlWithSource(component));
  if (purl !== null && isOfDistribution(purl)) return supportOfPackage(purl, intel.support, day, system);
  const gaps: Support[] = [];
  for (const group of questionsAbout(component, purl, intel)) {
    const answers = group.flatMap(({ rule, key, version }) =>
      intel.support.find(key).map((record) => answerOf(record, version, day, rule)),
    );
    const answer = best(answers);
    if (answer !== null && answer.level !== "unknown") return answer;
    if (answer !== null) gaps.push(answer);
  }
  return gaps[0] ?? gap(whyNothing(component, purl, intel));
}

/** In groups of one rule, nearest identity first. */
function questionsAbout(component: Component, purl: Purl | null, intel: SupportIntel): Question[][] {
  const key = purl === null ? null : supportKeyOf(purl);
  const own: Question[] =
    purl === null || key === null ? [] : [{ rule: "package", key, version: versionOfPurl(purl) ?? component.version }];
  const cpes = purl !== null && countsItsOwn(purl) ? [] : cpeQuestions(component);
  return [own, alike(own, intel), cpes, alike(cpes, intel), systemItself(component)].filter(({ length }) => length > 0);
}

const OTHER_TYPES = new Set(["generic", "github", "gitlab", "bitbucket", "docker", "oci", "conan", "brew", "bitnami"]);

/** A package of a language is not what a guessed CPE name says: PyPI's redis is a client, redis:redis a server. */
const countsItsOwn = ({ type }: Purl): boolean => !OTHER_TYPES.has(type);

function cpeQuestions(component: Component): Question[] {
  return identify({ ...component, purl: null }, null).questions.flatMap(({ key, rule, version, fullVersion }) => {
    const { kind, first } = keyParts(key);
    if (kind !== "c" || first === "*") return [];
    return [{ rule: rule === "linux-kernel" ? rule : ("cpe" as const), key, version: fullVersion ?? version }];
  });
}

function alike(questions: readonly Question[], intel: SupportIntel): Question[] {
  return questions.flatMap(({ key, version }) => {
    const number = intel.find(key);
    const others = number === -1 ? [] : intel.sameProduct(number).map((other) => intel.keyText(other));
    return others.map((other): Question => ({ rule: "same-product", key: other, version }));
  });
}

/** An operating-system component that is a distribution, under the name tools give it. */
function systemItself({ type, name, version }: Component): Question[] {
  const cpe = type === "operating-system" ? cpeOfDistribution(name) : null;
  return cpe === null ? [] : [{ rule: "distribution", key: cpeKey(...vendorAndProduct(cpe)), version }];
}

function whyNothing(component: Component, purl: Purl | null, intel: SupportIntel): string {
  const { questions, troubles } = identify(component, null);
  const known = intel.support.find(nameKey(component.name)).filter(({ cycles }) => cycles.length > 0);
  const [cpe] = known.flatMap(({ cpes }) => cpes);
  const [example] = known.flatMap(({ purls }) => purls);
  const like =
    known.length === 0
      ? ""
      : `; under that name ${known[0]?.source} knows ${known[0]?.title} (${cpe ?? example ?? "no identity"})`;
  if (purl === null && questions.length === 0) return `${troubles[0] ?? "Neither a package URL nor a CPE name"}${like}`;
  return `${UNSPOKEN.because.said}${like}`;
}

function readPurl(text: string | null): Purl | null {
  try {
    return text === null ? null : parsePurl(text);
  } catch {
    return null;
  }
}
