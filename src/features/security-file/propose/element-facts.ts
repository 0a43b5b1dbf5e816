import { listWords } from "../model/words.ts";
import type { Facts } from "./facts.ts";
import { functionsByKind, isAnonymous, isLessTrusted, zoneName } from "./relations.ts";

const kindIs = (kind: string, says: string) => ({
  obvious: true,
  about: `It is ${says}`,
  holds: (element: { name: string; kind: string }) => (element.kind === kind ? `${element.name} is ${says}` : null),
});

const keeps = (kinds: readonly string[], words: string) =>
  ({
    about: `It keeps ${words}`,
    holds: (element, model) => {
      const kept = element.assets.flatMap((id) => model.asset(id) ?? []).filter(({ kind }) => kinds.includes(kind));
      return kept.length === 0 ? null : `${element.name} keeps ${listWords(kept.map(({ name }) => name))}`;
    },
  }) satisfies Facts<"elements">[string];

const does = (kinds: readonly string[], words: string) =>
  ({
    about: `It does ${words}`,
    holds: (element, model) => {
      const done = functionsByKind(element.id, kinds, model);
      return done.length === 0 ? null : `${element.name} does ${listWords(done.map(({ name }) => name))}`;
    },
  }) satisfies Facts<"elements">[string];

/** What can be true of an element. */
export const elementFacts: Facts<"elements"> = {
  process: kindIs("process", "a process"),
  store: kindIs("store", "a store"),
  "external-system": kindIs("external-system", "a system of somebody else"),
  user: kindIs("user", "a person"),
  hardware: kindIs("hardware", "hardware"),
  "in-scope": {
    obvious: true,
    about: "The file answers for it",
    holds: ({ name, inScope }) => (inScope ? `${name} is in scope` : null),
  },
  "exposed-port": {
    about: "One of its interfaces that is not disabled can be reached from outside",
    holds: (element, model) => {
      const open = model.portsOf(element.id).filter(({ exposed, state }) => exposed && state !== "disabled");
      return open.length === 0 ? null : `${element.name} is reached by ${listWords(open.map(({ name }) => name))}`;
    },
  },
  "hears-less-trusted": {
    about: "A flow comes in from a zone that is trusted less, or from no zone",
    holds: (element, model) => {
      const from = model
        .flowsInto(element.id)
        .filter((flow) => isLessTrusted(otherEnd(flow, element.id), element, model));
      if (from.length === 0) return null;
      const zones = [...new Set(from.map((flow) => zoneName(otherEnd(flow, element.id), model)))];
      return `${element.name} hears from ${listWords(zones)}, trusted less than ${zoneName(element.id, model)}`;
    },
  },
  "hears-anonymous": {
    about: "A flow comes in without stated authentication",
    holds: (element, model) => {
      const open = model.flowsInto(element.id).filter(isAnonymous);
      return open.length === 0 ? null : `Nothing is stated of who sends ${listWords(open.map(({ name }) => name))}`;
    },
  },
  "takes-commands": {
    about: "A flow brings it commands",
    holds: (element, model) => {
      const commands = model.flowsInto(element.id).filter(({ carries }) => carries.includes("command"));
      return commands.length === 0
        ? null
        : `${element.name} takes commands by ${listWords(commands.map(({ name }) => name))}`;
    },
  },
  "commands-many": {
    about: "It sends commands or code to elements of which one installation has more than of itself",
    holds: (element, model) => {
      const many = model
        .flowsOutOf(element.id)
        .filter(({ carries }) => carries.includes("command") || carries.includes("code"))
        .map((flow) => model.element(otherEnd(flow, element.id)))
        .filter((other) => other !== undefined && other.instances > element.instances);
      const names = many.flatMap((other) => (other === undefined ? [] : [`${other.instances} of ${other.name}`]));
      return names.length === 0 ? null : `${element.name} commands ${listWords([...new Set(names)])}`;
    },
  },
  "many-roles": {
    about: "More than one role of users may use the flows into it",
    holds: (element, model) => {
      const roles = new Set(model.flowsInto(element.id).flatMap(({ path }) => path.roles));
      return roles.size < 2 ? null : `${element.name} is used by ${listWords([...roles])}`;
    },
  },
  "does-therapy": does(["therapy", "life-support"], "a function that delivers therapy or keeps a patient alive"),
  "does-alarm": does(["alarm"], "a function that raises alarms"),
  "does-monitoring": does(["monitoring", "diagnosis"], "a function that watches or diagnoses a patient"),
  "does-essential": {
    about: "It does a function that is essential",
    holds: (element, model) => {
      const done = model.functionsOf(element.id).filter(({ essential }) => essential);
      return done.length === 0 ? null : `${element.name} does ${listWords(done.map(({ name }) => name))}`;
    },
  },
  "does-any": {
    about: "It does a function of the device",
    holds: (element, model) =>
      model.functionsOf(element.id).length === 0
        ? null
        : `${element.name} does ${listWords(model.functionsOf(element.id).map(({ name }) => name))}`,
  },
  "keeps-patient-data": keeps(["patient", "diagnosis"], "data of patients"),
  "keeps-therapy-data": keeps(["therapy"], "settings of a therapy"),
  "keeps-secrets": keeps(["secrets"], "secrets"),
  "keeps-log": keeps(["log"], "a log"),
  "keeps-firmware": keeps(["firmware"], "firmware"),
  "keeps-configuration": keeps(["configuration"], "a configuration"),
  "has-components": {
    about: "It is made of parts of the SBOM",
    holds: ({ name, components }) =>
      components.length === 0
        ? null
        : `${name} is made of ${components.length} ${components.length === 1 ? "part" : "parts"} of the SBOM`,
  },
  "failure-not-stated": {
    about: "Nothing says what it does when what it depends on fails",
    holds: ({ name, onFailure }) => (onFailure === "" ? `Nothing says what ${name} does on failure` : null),
  },
  "not-logged": {
    about: "No control for event logging that is implemented works on it",
    holds: ({ id, name }, model) =>
      model.file.controls.some(
        ({ category, state, elements }) =>
          category === "event-logging" && state === "implemented" && elements.includes(id),
      )
        ? null
        : `No logging control works on ${name}`,
  },
  "in-other-hands": {
    about: "Its zone is not the manufacturer's",
    holds: ({ name, zone }, model) => {
      const owner = model.zone(zone)?.owner;
      return owner === undefined || owner === "manufacturer" ? null : `${name} stands in a zone of: ${owner}`;
    },
  },
};

function otherEnd(flow: { from: string; to: string }, id: string): string {
  return flow.to === id ? flow.from : flow.to;
}
