import { listWords } from "../model/words.ts";
import type { Item } from "../schema.ts";
import type { Fact, Facts } from "./facts.ts";
import { functionsByKind, isAnonymous, zoneName, zoneOf } from "./relations.ts";

type FlowFact = Fact<"flows">;

const carries = (what: "data" | "command" | "code", words: string): FlowFact => ({
  obvious: true,
  about: `It carries ${words}`,
  holds: (flow) => (flow.carries.includes(what) ? `${flow.name} carries ${words}` : null),
});

const carriesAsset = (kinds: readonly string[], words: string): FlowFact => ({
  about: `It carries ${words}`,
  holds: (flow, model) => {
    const found = flow.assets.flatMap((id) => model.asset(id) ?? []).filter(({ kind }) => kinds.includes(kind));
    return found.length === 0 ? null : `${flow.name} carries ${listWords(found.map(({ name }) => name))}`;
  },
});

const byPort = (kinds: readonly string[], words: string): FlowFact => ({
  about: `It goes ${words}`,
  holds: (flow, model) => {
    const port = [flow.fromPort, flow.toPort]
      .flatMap((id) => model.port(id) ?? [])
      .find(({ kind }) => kinds.includes(kind));
    return port === undefined ? null : `${flow.name} goes ${words}: ${port.name}`;
  },
});

/** Ends that receive: `to`, and `from` where it goes both ways. */
const receivers = (flow: Item<"flows">) => (flow.bothWays ? [flow.to, flow.from] : [flow.to]);
const senders = (flow: Item<"flows">) => (flow.bothWays ? [flow.from, flow.to] : [flow.from]);

const endDoes = (ends: typeof receivers, end: string, kinds: readonly string[], words: string): FlowFact => ({
  about: `${end} ${words}`,
  holds: (flow, model) => {
    for (const id of ends(flow)) {
      const [done] = functionsByKind(id, kinds, model);
      if (done !== undefined) return `${model.nameOf(id)} does ${done.name}`;
    }
    return null;
  },
});

const senderIs = (kind: string, words: string): FlowFact => ({
  about: `Its sender is ${words}`,
  holds: (flow, model) => (model.element(flow.from)?.kind === kind ? `${model.nameOf(flow.from)} is ${words}` : null),
});

/** A property of the path. What is not stated counts as not there, and is said so. */
const lacks = (
  field: "mutual" | "antiReplay" | "encrypted" | "integrityProtected",
  not: string,
  unsaid: string,
): FlowFact => ({
  about: `It ${not}, or nothing is stated of it`,
  holds: ({ name, path }) =>
    path[field] === true ? null : `${name} ${path[field] === false ? not : `does not say whether ${unsaid}`}`,
});

/** What can be true of a flow. */
export const flowFacts: Facts<"flows"> = {
  "in-scope": {
    obvious: true,
    about: "The file answers for it",
    holds: ({ name, inScope }) => (inScope ? `${name} is in scope` : null),
  },
  "crosses-zone": {
    about: "Its ends stand in different zones",
    holds: (flow, model) =>
      zoneOf(flow.from, model) === zoneOf(flow.to, model)
        ? null
        : `${flow.name} crosses from ${zoneName(flow.from, model)} to ${zoneName(flow.to, model)}`,
  },
  "crosses-owner": {
    about: "Its ends stand in zones of different owners",
    holds: (flow, model) => {
      const from = zoneOf(flow.from, model)?.owner ?? "unknown";
      const to = zoneOf(flow.to, model)?.owner ?? "unknown";
      return from === to && from !== "unknown" ? null : `${flow.name} goes from hands of ${from} into hands of ${to}`;
    },
  },
  unencrypted: lacks("encrypted", "is not encrypted", "it is encrypted"),
  unauthenticated: {
    about: "No authentication is stated, or none is done",
    holds: (flow) => (isAnonymous(flow) ? `Nothing is stated of who sends ${flow.name}` : null),
  },
  "not-mutual": lacks("mutual", "does not authenticate both ends", "both ends are authenticated"),
  "no-anti-replay": lacks(
    "antiReplay",
    "accepts a message that is sent again",
    "it refuses a message that is sent again",
  ),
  "no-integrity": lacks("integrityProtected", "is not protected against change", "it is protected against change"),
  "carries-data": carries("data", "data"),
  "carries-command": carries("command", "commands"),
  "carries-code": carries("code", "code"),
  "carries-patient-data": carriesAsset(["patient", "diagnosis"], "data of patients"),
  "carries-therapy-data": carriesAsset(["therapy"], "settings of a therapy"),
  "carries-orders": carriesAsset(["workflow"], "orders or other data of the workflow"),
  "carries-secrets": carriesAsset(["secrets"], "secrets"),
  "carries-log": carriesAsset(["log"], "a log"),
  wireless: byPort(["wireless"], "through the air"),
  removable: byPort(["removable"], "on a removable medium"),
  service: byPort(["service", "debug"], "through a service interface"),
  "to-therapy": endDoes(
    receivers,
    "What receives it",
    ["therapy", "life-support"],
    "delivers therapy or keeps a patient alive",
  ),
  "to-alarm": endDoes(receivers, "What receives it", ["alarm"], "raises alarms"),
  "from-alarm": endDoes(senders, "What sends it", ["alarm"], "raises alarms"),
  "to-records": endDoes(receivers, "What receives it", ["records"], "keeps records"),
  "from-user": senderIs("user", "a person"),
  "from-external": senderIs("external-system", "a system of somebody else"),
  "to-external": {
    about: "What receives it is a system of somebody else",
    holds: (flow, model) =>
      model.element(flow.to)?.kind === "external-system"
        ? `${model.nameOf(flow.to)} is a system of somebody else`
        : null,
  },
  "weak-credential": {
    about: "It relies on a credential that is hard-coded, set at the factory, or the same in many units",
    holds: ({ name, path }, model) => {
      const weak = path.credentials
        .flatMap((id) => model.credential(id) ?? [])
        .filter(({ hardcoded, factoryDefault, scope }) => hardcoded || factoryDefault || isWide(scope));
      return weak.length === 0 ? null : `${name} relies on ${listWords(weak.map((one) => one.name))}`;
    },
  },
  "error-not-stated": {
    about: "Nothing says what happens when it fails",
    holds: ({ name, path }) => (path.errorBehaviour === "" ? `Nothing says what happens when ${name} fails` : null),
  },
};

/** One leaked credential opens more than one unit. */
function isWide(scope: Item<"credentials">["scope"]): boolean {
  return scope === "per-model" || scope === "shared";
}
