import { newId } from "../../lib/ids.ts";
import { storable } from "../../lib/storable.ts";
import { readCatalogueText } from "../../lib/yaml-text.ts";
import { catalogueTexts } from "../../platform/catalogue-texts.ts";
import type { Scope, Trx } from "../../platform/db.ts";
import { AcceptanceMatrix } from "../security-file/threats/schema.ts";
import { DecisionTable, type Proposed, Rubric } from "./schema.ts";
import {
  answersOf,
  decisionsOf,
  findDecision,
  insertAnswer,
  insertDecision,
  insertReach,
  namesOf,
  reachOf,
  reachOfDevice,
  undoDecision,
  waitingAtBedside,
} from "./store.ts";

export interface RiskCatalogue {
  rubric: Rubric;
  /** What an organisation without criteria of its own is judged by. */
  acceptance: AcceptanceMatrix;
  tables: Readonly<Record<(typeof TABLES)[number], DecisionTable>>;
}

const TABLES = ["ssvc-supplier", "cisa-bod-26-04", "ssvc-utility", "ssvc-public-safety-impact"] as const;

let read: RiskCatalogue | null = null;

/** The rubric and the decision tables of `catalogs/`, read once. Fault `bad_configuration` for a bad or missing file. */
export function riskCatalogue(): RiskCatalogue {
  read ??= readRiskCatalogue();
  return read;
}

function readRiskCatalogue(): RiskCatalogue {
  const texts = (folder: string) =>
    catalogueTexts(folder).map(({ name, text }) => ({ name: `${folder}/${name}`, text }));
  const rubrics = texts("rubric").map(({ name, text }) => readCatalogueText(text, name, Rubric));
  const tables = texts("ssvc").map(({ name, text }) => readCatalogueText(text, name, DecisionTable));
  const acceptance = texts("acceptance")
    .map(({ name, text }) => readCatalogueText(text, name, AcceptanceMatrix))
    .at(-1);
  if (acceptance === undefined) throw new Error("catalogs/acceptance is empty");
  const rubric = rubrics.at(-1);
  if (rubric === undefined) throw new Error("catalogs/rubric is empty");
  const named = (wanted: string) => {
    const table = tables.find((one) => one.table === wanted);
    if (table === undefined) throw new Error(`catalogs/ssvc has no ${wanted}`);
    return table;
  };
  return {
    rubric,
    acceptance,
    tables: {
      "ssvc-supplier": named("ssvc-supplier"),
      "cisa-bod-26-04": named("cisa-bod-26-04"),
      "ssvc-utility": named("ssvc-utility"),
      "ssvc-public-safety-impact": named("ssvc-public-safety-impact"),
    },
  };
}

export interface About {
  releaseId: string;
  /** The vulnerability's id as findings show it. */
  advisory: string;
}

/** Keeps what somebody answered, beside what was proposed then. */
export async function keepAnswer(
  trx: Trx,
  scope: Scope,
  { releaseId, advisory }: About,
  { question, answer, note }: { question: string; answer: string | null; note: string },
  proposed: Proposed | null,
  now: Date,
): Promise<string> {
  const id = newId();
  await insertAnswer(trx, scope, {
    ...{ id, releaseId, advisory, question, answer },
    note: storable(note),
    proposed: proposed === null ? null : JSON.stringify(proposed),
    byId: scope.actor.id,
    byName: scope.actor.name,
    at: now,
  });
  return id;
}

/** Keeps which functions a part can reach; null: all again. Returns the fact's id. */
export async function keepReach(
  trx: Trx,
  scope: Scope,
  fact: { releaseId: string; identity: string; functions: string[] | null; reason: string },
  now: Date,
): Promise<string> {
  const id = newId();
  await insertReach(trx, scope, {
    id,
    ...fact,
    reason: storable(fact.reason),
    byId: scope.actor.id,
    byName: scope.actor.name,
    at: now,
  });
  return id;
}

/** What risk keeps; the stories are `flows/decide-risk.ts`, `flows/read-risk.ts` and `flows/record-reach.ts`. */
export const risks = {
  answersOf,
  decisionsOf,
  findDecision,
  insertDecision,
  reachOf,
  reachOfDevice,
  undoDecision,
  waitingAtBedside,
};

/** What risk keeps by id, as people call it. */
export const nameRiskThings = namesOf;
