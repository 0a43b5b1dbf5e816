import { listWords } from "../model/words.ts";
import type { Facts } from "./facts.ts";

/** What can be true of a credential. */
export const credentialFacts: Facts<"credentials"> = {
  hardcoded: {
    about: "It stands in the program or the image itself",
    holds: ({ name, hardcoded }) => (hardcoded ? `${name} stands in the program itself` : null),
  },
  "factory-default": {
    about: "It is set at the factory and stays until somebody changes it",
    holds: ({ name, factoryDefault }) => (factoryDefault ? `${name} is set at the factory` : null),
  },
  shared: {
    about: "Many units, sites or people have the same one",
    holds: ({ name, scope }) =>
      scope === "shared" || scope === "per-model" ? `${name} is the same for: ${scope}` : null,
  },
  "scope-unknown": {
    about: "Nothing says how far one leaked copy reaches",
    holds: ({ name, scope }) => (scope === "unknown" ? `Nothing says how far a leaked ${name} reaches` : null),
  },
  memorised: {
    about: "A person types it",
    holds: ({ name, kind }) => (kind === "password" || kind === "pin" ? `${name} is a ${kind}` : null),
  },
  key: {
    about: "It is a key",
    holds: ({ name, kind }) => (kind === "symmetric-key" || kind === "private-key" ? `${name} is a key` : null),
  },
  "storage-not-stated": {
    about: "Nothing says where it is kept",
    holds: ({ name, storage }) => (storage === "" ? `Nothing says where ${name} is kept` : null),
  },
  "not-revocable": {
    about: "Nothing says how it is taken back",
    holds: ({ name, revocation }) => (revocation === "" ? `Nothing says how ${name} is taken back` : null),
  },
  "for-commands": {
    about: "A flow that carries commands or code relies on it",
    holds: ({ id, name }, model) => {
      const flows = model.file.flows.filter(
        ({ path, carries }) => path.credentials.includes(id) && carries.some((one) => one !== "data"),
      );
      return flows.length === 0 ? null : `${listWords(flows.map((flow) => flow.name))} rely on ${name}`;
    },
  },
};
