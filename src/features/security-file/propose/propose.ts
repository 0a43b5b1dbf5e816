import { HARMS, type Harm } from "../../devices/schema.ts";
import { lookUp, type Model } from "../model/look-up.ts";
import { listWords } from "../model/words.ts";
import type { Item, SecurityFile } from "../schema.ts";
import { type Ask, found, holds } from "./condition.ts";
import { factOf } from "./facts.ts";
import { lookAgain } from "./look-again.ts";
import { proposalId } from "./proposal-id.ts";
import type { FactFound, Proposal, Proposals, TargetKind, ThreatCatalogue, ThreatRule } from "./schema.ts";
import { elementsOf, fillIn, namesFor } from "./template.ts";

/** One place where a rule applies. */
export interface Hit {
  rule: ThreatRule;
  targets: readonly Item<TargetKind>[];
  because: FactFound[];
}

/** Worst harm that an attack on an item reaches; null: none is known. */
export type WorstHarm = (id: string) => Harm | null;

/**
 * Threats that the rules see in a file and that no threat of it answers yet, worst harm first; and answered threats whose facts changed
 * since. A threat answers a rule by naming it and the target, accepted or rejected. The same file and rules give the same list.
 */
export function proposeThreats(
  file: SecurityFile,
  catalogues: readonly ThreatCatalogue[],
  worstHarm: WorstHarm = () => null,
): Proposals {
  const model = lookUp(file);
  const rules = catalogues.flatMap((catalogue) => catalogue.rules);
  const hits = rules.flatMap((rule) => hitsOf(rule, model));
  const answers = file.threats.filter(({ rule }) => rule !== null);
  const answered = new Set(answers.flatMap(({ rule, targets }) => targets.map((target) => `${rule} ${target}`)));
  const answeredRules = new Set(answers.map(({ rule }) => rule));
  const open = withoutGeneral(hits).filter(({ rule, targets }) =>
    rule.together ? !answeredRules.has(rule.id) : !targets.some(({ id }) => answered.has(`${rule.id} ${id}`)),
  );
  return {
    proposals: open.map((hit) => asProposal(hit, model, worstHarm)).sort(byHarm),
    lookAgain: lookAgain(answers, rules, hits, model),
    answered: answers.length,
  };
}

function hitsOf(rule: ThreatRule, model: Model): Hit[] {
  const items = model.file[rule.target] as readonly Item<TargetKind>[];
  const hits = items.flatMap((item): Hit[] => {
    const ask: Ask = (fact) => factOf(rule.target, fact, item, model);
    return holds(rule.when, ask) ? [{ rule, targets: [item], because: found(rule.when, ask) }] : [];
  });
  if (!rule.together || hits.length === 0) return hits;
  const said = new Map(hits.flatMap(({ because }) => because.map((one) => [one.fact, one])));
  return [{ rule, targets: hits.flatMap(({ targets }) => targets), because: [...said.values()] }];
}

/** Without the general rules for which a more special one stands at the same item. */
function withoutGeneral(hits: readonly Hit[]): Hit[] {
  const covered = new Set(
    hits.flatMap(({ rule, targets }) => rule.insteadOf.flatMap((other) => targets.map(({ id }) => `${other} ${id}`))),
  );
  return hits.filter(
    ({ rule, targets }) => rule.together || !targets.some(({ id }) => covered.has(`${rule.id} ${id}`)),
  );
}

function asProposal({ rule, targets, because }: Hit, model: Model, worstHarm: WorstHarm): Proposal {
  const [first] = targets;
  const names = rule.together
    ? { names: listWords(targets.map(({ name }) => name)) }
    : first === undefined
      ? {}
      : namesFor(rule.target, first, model);
  const harms = targets.flatMap(({ id }) => worstHarm(id) ?? []);
  return {
    id: proposalId(rule, targets[0]?.id ?? ""),
    rule: rule.id,
    name: fillIn(rule.name, names),
    description: fillIn(rule.description, names),
    category: rule.category,
    lifecycle: rule.lifecycle,
    targets: targets.map(({ id }) => id),
    group: rule.together || first === undefined ? null : groupOf(rule.target, first, model),
    because,
    mitigations: rule.mitigations,
    references: rule.references,
    harm: HARMS.find((harm) => harms.includes(harm)) ?? null,
  };
}

function groupOf(kind: TargetKind, item: Item<TargetKind>, model: Model) {
  const id = kind === "updatePaths" ? item.id : (elementsOf(kind, item)[0] ?? item.id);
  return { id, name: model.nameOf(id) };
}

const rank = ({ harm }: Proposal) => (harm === null ? HARMS.length : HARMS.indexOf(harm));

function byHarm(a: Proposal, b: Proposal): number {
  return (
    rank(a) - rank(b) ||
    order(a.group?.name ?? "\uffff", b.group?.name ?? "\uffff") ||
    order(a.rule, b.rule) ||
    order(a.id, b.id)
  );
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
