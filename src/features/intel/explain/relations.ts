import type { Component } from "../../devices/sbom/schema.ts";
import { describeKey, identify, type Question } from "../match/identify.ts";
import { keysFor } from "../match/keys-for.ts";
import type { IntelLookup } from "../match/lookup.ts";
import type { Rule } from "../match/schema.ts";
import { keyParts } from "../rank-index/key.ts";
import type { ExplainedIdentity } from "./schema.ts";

/** One key of the intelligence a component is looked up under, and the question that led there. */
export interface Relation {
  key: string;
  rule: Rule;
  identity: string;
  question: Question;
}

/** Every key a component is looked up under, those of the same product included, as matching asks them. */
export function relationsOf(lookup: IntelLookup, component: Component, system: string | null) {
  const { questions, troubles } = identify(component, system);
  const relations: Relation[] = [];
  const identities = new Map<string, ExplainedIdentity>();
  const own = nameIn(questions[0]);
  questions.forEach((question) => {
    const known = keysFor(lookup, question);
    for (const { key, rule, identity } of known) relations.push({ key: lookup.keyText(key), rule, identity, question });
    const asked = known.map(({ key, rule, identity }) => ({ rule, identity, records: lookup.count(key) }));
    const unknown = { rule: question.rule, identity: describeKey(question.key), records: 0 };
    const isSource = question.rule === "package" && nameIn(question) !== own;
    const isRepository = question.rule === "package" && keyParts(question.key).first.includes("::");
    for (const { rule, identity, records } of asked.length > 0 || isRepository ? asked : [unknown])
      if (!identities.has(`${rule} ${identity}`))
        identities.set(`${rule} ${identity}`, {
          identity,
          rule,
          how: how(rule, question, isSource),
          version: question.fullVersion ?? question.version,
          records,
        });
  });
  return { relations, identities: [...identities.values()], troubles };
}

const nameIn = (question: Question | undefined) => keyParts(question?.key ?? "").second;

function how(rule: Rule, question: Question, isSource: boolean): string {
  switch (rule) {
    case "package":
      return isSource
        ? "the source package it was built from, as its package URL (upstream=) or its SBOM says"
        : "its package URL";
    case "cpe":
      return "its CPE name";
    case "linux-kernel":
      return "the Linux kernel, known by this name too";
    case "module-name":
      return "its name, which is the path of a Go module";
    case "same-product":
      return `a mapping feed holds it for the same product as ${describeKey(question.key)}`;
    case "vendor-product":
      return "the vendor and product words of its CPE name";
  }
}
