import type { Component } from "../../devices/sbom/schema.ts";
import { keyParts, nameKey } from "../rank-index/key.ts";
import { keyOfAffected } from "../rank-index/keys-of.ts";
import { answer } from "./answer.ts";
import { identify } from "./identify.ts";
import type { IntelLookup } from "./lookup.ts";
import { namesIn } from "./names-in.ts";
import type { Match } from "./schema.ts";

/** One part as it stands in a portfolio, and the numbers under which it was added. */
interface Posted {
  component: Component;
  system: string | null;
  keys: readonly string[];
  numbers: Set<number>;
}

/** Which components of a portfolio are looked up under which key, so that a new record is shown to those alone. */
export class Postings {
  readonly #byIdentity = new Map<string, Posted>();
  readonly #byKey = new Map<string, Set<Posted>>();
  readonly #byNumber = new Map<number, Posted>();

  /** How many components it holds. */
  get size(): number {
    return this.#byNumber.size;
  }

  /** Takes a component under the caller's number; `system` as `systemOf` gives it. A number already taken is moved. */
  add(number: number, component: Component, system: string | null): void {
    this.remove(number);
    const identity = identityOf(component, system);
    const posted = this.#byIdentity.get(identity) ?? this.#post(identity, component, system);
    posted.numbers.add(number);
    this.#byNumber.set(number, posted);
  }

  /** Forgets a component; a number that is not held changes nothing. */
  remove(number: number): void {
    const posted = this.#byNumber.get(number);
    if (posted === undefined) return;
    this.#byNumber.delete(number);
    posted.numbers.delete(number);
    if (posted.numbers.size > 0) return;
    this.#byIdentity.delete(identityOf(posted.component, posted.system));
    for (const key of posted.keys) {
      const under = this.#byKey.get(key);
      under?.delete(posted);
      if (under?.size === 0) this.#byKey.delete(key);
    }
  }

  /** The different components looked up under one of the keys, each once. */
  under(keys: Iterable<string>): Set<Posted> {
    const found = new Set<Posted>();
    for (const key of keys) for (const posted of this.#byKey.get(key) ?? []) found.add(posted);
    return found;
  }

  #post(identity: string, component: Component, system: string | null): Posted {
    const posted = { component, system, keys: keysOf(component, system), numbers: new Set<number>() };
    this.#byIdentity.set(identity, posted);
    for (const key of posted.keys) {
      const under = this.#byKey.get(key) ?? new Set();
      this.#byKey.set(key, under.add(posted));
    }
    return posted;
  }
}

const identityOf = ({ purl, source, cpes, version, name, type }: Component, system: string | null) =>
  JSON.stringify([purl, source, cpes, version, name, type, system]);

/**
 * Numbers of the components a record holds, in ascending order, as matching each of them alone would say: where the record
 * asks for a platform beside the part, its presence is for the release's own assessment. `lookup` holds the record already.
 */
export function componentsMeeting(lookup: IntelLookup, postings: Postings, record: number): number[] {
  const keys = new Set(
    lookup.head(record).affected.flatMap((affected) => keysReaching(lookup, keyOfAffected(affected))),
  );
  const met: number[] = [];
  for (const { component, system, numbers } of postings.under(keys)) {
    const matches: Match[] = [];
    answer(namesIn(lookup, system), component, 0, matches);
    if (matches.some((match) => match.record === record)) for (const one of numbers) met.push(one);
  }
  return met.sort((a, b) => a - b);
}

/** The keys of a component's questions; a CPE name that leaves the vendor open stands under its product's name. */
export const keysOf = (component: Component, system: string | null): string[] => [
  ...new Set(
    identify(component, system).questions.map(({ key, cpe }) =>
      cpe?.vendor === "any" && keyParts(key).kind === "c" ? productNameKey(key) : key,
    ),
  ),
];

/** Every key that leads to this one: itself, those of the same product, and for CPE keys names without a vendor. */
function keysReaching(lookup: IntelLookup, key: string | null): string[] {
  const own = key === null ? -1 : lookup.find(key);
  if (own === -1) return [];
  return [own, ...lookup.leadingTo(own)]
    .map((one) => lookup.keyText(one))
    .flatMap((text) => (keyParts(text).kind === "c" ? [text, productNameKey(text)] : [text]));
}

const productNameKey = (key: string) => nameKey(keyParts(key).second);
