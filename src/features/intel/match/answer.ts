import type { Component } from "../../devices/sbom/schema.ts";
import { purlWithSource } from "../identity/purl-source.ts";
import { questionsByName } from "./identify.ts";
import type { KnownNames, Reading } from "./known-names.ts";
import type { NameAnswer } from "./name-answer.ts";
import type { Match } from "./schema.ts";
import { whyUnmatched } from "./unmatched.ts";

/**
 * Adds all that the intelligence says of one component by itself, whatever lies beside it, under the component's `number`.
 * Returns why nothing can be said; null when something is, or when it was asked about and is clean.
 */
export function answer(names: KnownNames, component: Component, number: number, into: Match[]): string | null {
  const { cpes, version } = component;
  const purl = purlWithSource(component);
  if (purl !== null && cpes.length === 0) {
    const only = names.purl(purl, version);
    if (only.version !== null && only.name.unheard !== null) return null;
    return answerAll(names, component, [only], number, into);
  }
  const readings = purl === null ? [] : [names.purl(purl, version)];
  for (const cpe of cpes) readings.push(names.cpe(cpe, version));
  return answerAll(names, component, readings, number, into);
}

function answerAll(
  names: KnownNames,
  component: Component,
  own: Reading[],
  number: number,
  into: Match[],
): string | null {
  const readings = own.some(isUsable) ? own : [...own, ...byName(names, component)];
  const before = into.length;
  let undecided: NameAnswer["undecided"] = null;
  let hasVersion = false;
  let isCovered = false;
  for (const reading of readings) {
    const { name, version } = reading;
    const { questions } = name.named;
    if (questions.length === 0) continue;
    isCovered ||= name.uncovered === null;
    hasVersion ||= version !== null || questions.some((question) => question.version !== null);
    if (name.asks.length === 0) continue;
    const answered = names.answerOf(reading);
    undecided ??= answered.undecided;
    add(answered, number, before, into);
  }
  if (into.length > before || (hasVersion && isCovered && undecided === null)) return null;
  return whyUnmatched(names.lookup, component, { readings, undecided });
}

const isUsable = ({ name }: Reading) => name.named.questions.length > 0;

/** What a component without a usable package URL or CPE name is known by. */
function byName(names: KnownNames, component: Component): Reading[] {
  const questions = questionsByName(component);
  return questions.length === 0 ? [] : [names.asked(questions, component.name)];
}

function add({ hits }: NameAnswer, number: number, before: number, into: Match[]): void {
  const known =
    into.length === before || hits.length === 0 ? null : new Set(into.slice(before).map(({ entry }) => entry));
  for (const { entry, record, affected, rule, identity, version } of hits)
    if (known?.has(entry) !== true) into.push({ component: number, entry, record, affected, rule, identity, version });
}
