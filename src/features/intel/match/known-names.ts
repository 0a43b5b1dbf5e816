import { parsePurl, versionReader } from "../../../lib/purl.ts";
import { formattedValue } from "../identity/cpe-value.ts";
import {
  canStandAlone,
  placeInQualifiedPurl,
  placeOfCpeVersion,
  placeOfPurlVersion,
  type VersionPlace,
} from "../identity/cut-version.ts";
import { readCpe } from "./cpe-meets.ts";
import type { Question } from "./identify.ts";
import { type KeyToAsk, keysFor } from "./keys-for.ts";
import type { IntelLookup } from "./lookup.ts";
import { askAbout, type NameAnswer } from "./name-answer.ts";
import { NameCache } from "./name-cache.ts";
import {
  isNumbered,
  type Named,
  type NameQuestion,
  NO_CPE,
  namedByCpe,
  namedByPurl,
  noPurl,
  versionFor,
  versionOfCpe,
} from "./named.ts";
import { PlainNames } from "./plain-name.ts";
import { notCovered } from "./unmatched.ts";

/** A question with the keys of the intelligence that answer it. */
export interface Ask extends NameQuestion {
  keys: readonly KeyToAsk[];
  /** Which CPE patterns of entries meet the question's name, as far as they came up. */
  meets: Map<number, boolean>;
}

/** What a name stands for in one intelligence. */
export interface KnownName {
  /** The name without its version, or with it where it cannot be cut off. */
  text: string;
  named: Named;
  /** The questions that the intelligence has keys for. Without any, no record can hold it. */
  asks: readonly Ask[];
  /** Why that would mean nothing: no feed speaks of any of the questions' ecosystems. Null when one does. */
  uncovered: string | null;
  /** Feeds speak of its ecosystem and none of it, so that it is clean in any version: one reading for all of them. */
  unheard: Reading | null;
  /** The version in the text itself. */
  written: string | null;
  /** Reads a version that was cut off the text; null where the text is to be read whole. */
  read: ((cut: string) => string | null) | null;
  /** Answers for the versions asked about last. */
  answers: NameAnswer[];
}

/** One name of a component, and the version to ask about. */
export interface Reading {
  name: KnownName;
  text: string;
  version: string | null;
}

/**
 * Names looked up in one intelligence for SBOMs of one distribution release. A portfolio has the same part in many releases and
 * versions: its name is read and looked up once, and only its version is placed each time. Changes how long it takes, not what
 * comes out.
 */
export class KnownNames {
  readonly lookup: IntelLookup;
  readonly #system: string | null;
  readonly #purls = new NameCache<KnownName>();
  readonly #qualified = new NameCache<KnownName>();
  readonly #cpes = new NameCache<KnownName>();
  readonly #plain: PlainNames;
  #hits = 0;

  constructor(lookup: IntelLookup, system: string | null) {
    this.lookup = lookup;
    this.#plain = new PlainNames(lookup);
    this.#system = system;
  }

  purl(text: string, beside: string | null): Reading {
    if (this.#plain.areSilentOn(text)) return UNHEARD;
    const place = placeOfPurlVersion(text);
    if (place !== null) {
      const name = this.#purls.get(text, place.cut, place.to, this.#readUnqualified);
      if (name.unheard !== null && isNumbered(text, place.from)) return name.unheard;
      if (name.read !== null) return cutReading(name, text, place, beside);
    }
    return this.#unusualPurl(text, beside);
  }

  #unusualPurl(text: string, beside: string | null): Reading {
    const place = placeInQualifiedPurl(text);
    if (place !== null) {
      const name = this.#qualified.get(text, place.cut, place.to, (alone) =>
        this.#readPurl(alone, alone.slice(0, place.cut)),
      );
      if (name.read !== null) return cutReading(name, text, place, beside);
    }
    const whole = this.#purls.get(text, text.length, text.length, this.#readUnqualified);
    return { name: whole, text, version: versionFor(whole.named, whole.written, beside) };
  }

  cpe(text: string, beside: string | null): Reading {
    const place = placeOfCpeVersion(text);
    if (place !== null)
      return cutReading(this.#cpes.get(text, place.cut, place.to, this.#readCpe), text, place, beside);
    const whole = this.#cpes.get(text, text.length, text.length, this.#readCpe);
    return { name: whole, text, version: versionFor(whole.named, whole.written, beside) };
  }

  /** Questions that come with their version, as one name. */
  asked(questions: readonly Question[], text: string): Reading {
    const version = questions[0]?.version ?? null;
    const named: Named = { questions, trouble: null, epoch: null, product: null, update: null };
    return { name: this.#known(text, named, version, null), text, version };
  }

  /** The name's answer for the version. Releases that follow each other mostly ask about the same one. */
  answerOf({ name, version }: Reading): NameAnswer {
    for (const known of name.answers) if (known.version === version) return known;
    const answered = askAbout(this.lookup, name, version);
    this.#hits += answered.hits.length;
    if (this.#hits > MOST_HITS) this.#forgetAnswers();
    if (name.answers.length === MOST_VERSIONS) name.answers.shift();
    name.answers.push(answered);
    return answered;
  }

  #forgetAnswers(): void {
    this.#hits = 0;
    for (const names of [this.#purls, this.#qualified, this.#cpes])
      for (const name of names.values()) name.answers.length = 0;
  }

  readonly #readUnqualified = (text: string): KnownName => this.#readPurl(text, text);

  /** `before`: what of the text stands before the version. */
  #readPurl(text: string, before: string): KnownName {
    try {
      const purl = parsePurl(text);
      const read = canStandAlone(before) ? versionReader(purl.type) : null;
      return this.#known(text, namedByPurl(purl, this.#system), purl.version, read);
    } catch (error) {
      const message = error instanceof Error ? error.message : "its package URL cannot be read";
      return this.#known(text, noPurl(message), null, canStandAlone(before) ? asWritten : null);
    }
  }

  readonly #readCpe = (text: string): KnownName => {
    const cpe = readCpe(text);
    return cpe === null
      ? this.#known(text, NO_CPE, null, cpeVersion)
      : this.#known(text, namedByCpe(cpe), versionOfCpe(cpe.version), cpeVersion);
  };

  #known(text: string, named: Named, written: string | null, read: KnownName["read"]): KnownName {
    const asks: Ask[] = [];
    for (const question of named.questions) {
      const keys = keysFor(this.lookup, question);
      if (keys.length > 0) asks.push({ ...question, keys, meets: new Map() });
    }
    const uncovered = this.#uncovered(named);
    const name: KnownName = { text, named, asks, uncovered, unheard: null, written, read, answers: [] };
    if (asks.length === 0 && uncovered === null && named.questions.length > 0)
      name.unheard = { name, text, version: ANY_VERSION };
    return name;
  }

  #uncovered({ questions }: Named): string | null {
    let first: string | null = null;
    for (const { key } of questions) {
      const reason = notCovered(this.lookup, key);
      if (reason === null) return null;
      first ??= reason;
    }
    return first;
  }
}

/** Versions of a name whose answers are kept, and hits in all of them together. */
const MOST_VERSIONS = 4;
const MOST_HITS = 262_144;

function cutReading(name: KnownName, text: string, { from, to }: VersionPlace, beside: string | null): Reading {
  const cut = text.slice(from, to);
  return { name, text, version: versionFor(name.named, name.read === null ? cut : name.read(cut), beside) };
}

/** Stands for whatever version is stated where none will be asked about. */
const ANY_VERSION = "1";

/** One reading for all plain names that nothing is known of, in whatever version. */
const UNHEARD: Reading = unheardReading();

function unheardReading(): Reading {
  const questions: NameQuestion[] = [{ key: "", rule: "package", cpe: null, version: null }];
  const named: Named = { questions, trouble: null, epoch: null, product: null, update: null };
  const name: KnownName = {
    text: "",
    named,
    asks: [],
    uncovered: null,
    unheard: null,
    written: null,
    read: null,
    answers: [],
  };
  const reading: Reading = { name, text: "", version: ANY_VERSION };
  name.unheard = reading;
  return reading;
}

const asWritten = (cut: string) => cut;

/** A version cut off a CPE name, as reading the whole name would have given it. */
const cpeVersion = (cut: string): string | null =>
  /^[\da-z._]+$/.test(cut) ? cut : versionOfCpe(formattedValue(cut, "version"));
