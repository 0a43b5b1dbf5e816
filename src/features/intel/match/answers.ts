import type { Component } from "../../devices/sbom/schema.ts";
import { type Answer, answer, Known } from "./answer.ts";
import type { IntelLookup } from "./lookup.ts";
import { Recent } from "./recent.ts";

/** A portfolio has the same part in many releases; what was answered once is the answer as long as the intelligence is the same. */
class Answers {
  readonly #lookup: IntelLookup;
  readonly #known = new Known();
  readonly #remembered = new Recent<Remembered[]>(MOST_NAMES);
  #hits = 0;

  constructor(lookup: IntelLookup) {
    this.#lookup = lookup;
  }

  of(component: Component, system: string | null): Answer {
    const text = component.purl ?? component.cpes[0] ?? component.name;
    const under = this.#remembered.peek(text);
    const known = under?.find((one) => isSame(one, component, system));
    if (known !== undefined) return known.answer;
    const made = answer(this.#lookup, component, system, this.#known);
    this.#remember(text, under, { ...questioned(component), system, answer: made });
    return made;
  }

  #remember(text: string, under: Remembered[] | undefined, made: Remembered): void {
    this.#hits += made.answer.hits.length;
    if (this.#hits > MOST_HITS) {
      this.#remembered.drop();
      this.#hits = 0;
    }
    if (under === undefined || under.length >= MOST_UNDER_A_NAME) this.#remembered.set(text, [made]);
    else under.push(made);
  }
}

const MOST_NAMES = 65_536;
const MOST_HITS = 262_144;
/** One package URL stands beside few versions and names in practice; a file that does otherwise only loses the memory. */
const MOST_UNDER_A_NAME = 4;

type Questioned = Pick<Component, "purl" | "cpes" | "version" | "name" | "type">;
type Remembered = Questioned & { system: string | null; answer: Answer };

/** Everything an answer depends on. */
const questioned = ({ purl, cpes, version, name, type }: Component): Questioned => ({
  purl,
  cpes,
  version,
  name,
  type,
});

function isSame(one: Remembered, { purl, cpes, version, name, type }: Component, system: string | null): boolean {
  return (
    one.version === version &&
    one.purl === purl &&
    one.name === name &&
    one.type === type &&
    one.system === system &&
    one.cpes.length === cpes.length &&
    one.cpes.every((cpe, i) => cpe === cpes[i])
  );
}

/** Answers already worked out, as long as their intelligence is in use. They change how long it takes, not what comes out. */
const ANSWERS = new WeakMap<IntelLookup, Answers>();

export function answersOf(lookup: IntelLookup): Answers {
  const known = ANSWERS.get(lookup) ?? new Answers(lookup);
  ANSWERS.set(lookup, known);
  return known;
}
