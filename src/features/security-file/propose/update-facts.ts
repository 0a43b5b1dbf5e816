import { listWords } from "../model/words.ts";
import type { Item } from "../schema.ts";
import type { Fact, Facts } from "./facts.ts";

type Stated = "signing" | "verification" | "onInterruption" | "onFailure" | "rollback";

const notStated = (field: Stated, words: string): Fact<"updatePaths"> => ({
  about: `Nothing says ${words}`,
  holds: (path: Item<"updatePaths">) => (path[field] === "" ? `${path.name} does not say ${words}` : null),
});

/** What can be true of an update path. */
export const updateFacts: Facts<"updatePaths"> = {
  any: { about: "Always", holds: ({ name }) => `${name} brings code into the device` },
  "uncontrolled-step": {
    about: "A stretch of it is in other hands",
    holds: ({ name, steps }) => {
      const others = steps.filter(({ controlled }) => !controlled);
      return others.length === 0
        ? null
        : `${name} passes ${listWords(others.map((step) => step.name))}, in other hands`;
    },
  },
  "unprotected-step": {
    about: "A stretch in other hands names no protection",
    holds: ({ steps }) => {
      const bare = steps.filter(({ controlled, protection }) => !controlled && protection === "");
      return bare.length === 0 ? null : `Nothing protects ${listWords(bare.map(({ name }) => name))}`;
    },
  },
  "signing-not-stated": notStated("signing", "who signs"),
  "verification-not-stated": notStated("verification", "what is verified before it runs"),
  "interruption-not-stated": notStated("onInterruption", "what an interruption does"),
  "failure-not-stated": notStated("onFailure", "what a failed update does"),
  "rollback-not-stated": notStated("rollback", "what happens to an older version"),
  "updates-function": {
    about: "It updates an element that does a function of the device",
    holds: ({ updates, name }, model) => {
      const done = [...new Set(updates.flatMap((id) => model.functionsOf(id).map((one) => one.name)))];
      return done.length === 0 ? null : `${name} updates what does ${listWords(done)}`;
    },
  },
};
