import { listWords } from "../model/words.ts";
import type { Item } from "../schema.ts";
import type { Fact, Facts } from "./facts.ts";

const is = (field: "kind" | "state", value: string, says: string): Fact<"ports"> => ({
  obvious: field === "kind",
  about: `It is ${says}`,
  holds: (port: Item<"ports">) => (port[field] === value ? `${port.name} is ${says}` : null),
});

/** What can be true of an interface. */
export const portFacts: Facts<"ports"> = {
  wired: is("kind", "wired", "wired"),
  wireless: is("kind", "wireless", "wireless"),
  removable: is("kind", "removable", "for removable media"),
  service: is("kind", "service", "for service"),
  debug: is("kind", "debug", "for debugging"),
  logical: is("kind", "logical", "a logical interface"),
  unused: is("state", "unused", "there and unused"),
  "service-only": is("state", "service-only", "switched on for service"),
  disabled: is("state", "disabled", "switched off for good"),
  "state-unknown": is("state", "unknown", "in a state nobody knows"),
  exposed: {
    about: "Someone outside the housing and its network zone reaches it",
    holds: ({ name, exposed }) => (exposed ? `${name} is reached from outside` : null),
  },
  unguarded: {
    about: "Nothing says what keeps others out",
    holds: ({ name, accessControl }) => (accessControl === "" ? `Nothing says what keeps others out of ${name}` : null),
  },
  "at-function": {
    about: "Its element does a function of the device",
    holds: ({ element }, model) => {
      const done = model.functionsOf(element);
      return done.length === 0 ? null : `${model.nameOf(element)} does ${listWords(done.map(({ name }) => name))}`;
    },
  },
};
