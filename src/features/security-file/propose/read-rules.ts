import { Fault } from "../../../lib/fault.ts";
import { nearest } from "../../../lib/nearest.ts";
import { readCatalogueText } from "../../../lib/yaml-text.ts";
import { factsIn } from "./condition.ts";
import { FACTS } from "./facts.ts";
import { ThreatCatalogue, type ThreatRule } from "./schema.ts";
import { PLACES, placesIn } from "./template.ts";

/** Reads the families of threat rules. Fault `bad_configuration` names the file and the rule that is wrong. */
export function readThreatRules(files: readonly { name: string; text: string }[]): ThreatCatalogue[] {
  const read = files.map(({ name, text }) => ({ name, catalogue: readCatalogueText(text, name, ThreatCatalogue) }));
  const ids = new Set<string>();
  for (const { name, catalogue } of read) {
    const named = `${catalogue.catalog}-${catalogue.edition}.yaml`;
    if (name !== named) throw bad(name, `The file of this edition is called ${named}`);
    for (const rule of catalogue.rules) {
      if (ids.has(rule.id)) throw bad(name, `The rule ${rule.id} stands here twice`);
      ids.add(rule.id);
      if (!rule.id.startsWith(`${catalogue.catalog}.`))
        throw bad(name, `The rule ${rule.id} does not begin with its family, ${catalogue.catalog}`);
      checkWords(rule, name);
    }
  }
  for (const { name, catalogue } of read)
    for (const { id, insteadOf } of catalogue.rules)
      for (const other of insteadOf)
        if (!ids.has(other)) throw bad(name, `${id} stands for the rule ${other}, which is in no family`);
  return read.map(({ catalogue }) => catalogue);
}

function checkWords(rule: ThreatRule, file: string): void {
  const known = Object.keys(FACTS[rule.target]);
  for (const fact of factsIn(rule.when)) {
    if (known.includes(fact)) continue;
    const near = nearest(fact, known);
    const hint = near === null ? "" : `; did you mean ${near}?`;
    throw bad(file, `${rule.id} asks for ${fact}, which is no fact of ${rule.target}${hint}`);
  }
  const places = rule.together ? ["names"] : PLACES[rule.target];
  for (const place of [...placesIn(rule.name), ...placesIn(rule.description)])
    if (!places.includes(place)) throw bad(file, `${rule.id} has no {${place}} to fill in`);
}

const bad = (at: string, reason: string) =>
  new Fault("bad_configuration", reason, { at, fix: "Restore the catalogue's files of this release" });
