import { Fault } from "../../../lib/fault.ts";
import type { JsonValue } from "../../../lib/json.ts";
import type { Feed } from "../feed.ts";
import type { FeedInput } from "../read-feeds.ts";
import type { AskOptions, DocumentOptions, SmallAnswer, Source, SourceTools, Step, Subject } from "../source.ts";
import { type Counted, countRecords, refuseBroken, refuseOtherShape } from "./check-shape.ts";
import { filesOf } from "./read-kept.ts";
import type { KeptDocument, LoadProblem, SourceState } from "./schema.ts";

interface Validators {
  etag: string | null;
  lastModified: string | null;
}

/** A document brought into the store. */
export interface Brought {
  sha256: string;
  sizeBytes: number;
  validators: Validators;
}

/** The outside, as loading needs it; `platform/loading` is the real one. */
export interface LoadIo {
  now(): Date;
  ask(
    url: string,
    options: {
      headers: Readonly<Record<string, string>>;
      maxBytes: number;
      known: Validators;
      busy: readonly number[];
    },
  ): Promise<SmallAnswer & { validators?: Validators }>;
  bring(
    url: string,
    options: Omit<DocumentOptions, "maxBytes" | "mayBeEmpty" | "optional"> & {
      maxBytes: number;
      known: Validators;
      onBytes: (done: number, total: number | null) => void;
    },
  ): Promise<Brought | "unchanged" | "missing">;
  hold(bytes: Uint8Array): Promise<{ sha256: string; sizeBytes: number }>;
  has(sha256: string): Promise<boolean>;
  /** The documents in kept bytes, under a name. */
  inputs(sha256: string, name: string): AsyncIterable<FeedInput>;
  text(sha256: string, maxBytes: number): Promise<string>;
  pause(ms: number): Promise<void>;
  whyNotSigned: SourceTools["whyNotSigned"];
  /** Keeps the state; called whenever something whole was reached. */
  save(state: SourceState): Promise<void>;
  progress(step: LoadStep): void;
  signal: AbortSignal;
}

/** How far a visit is. */
export interface LoadStep {
  source: string;
  what: string;
  doneBytes: number | null;
  totalBytes: number | null;
  done: number | null;
  total: number | null;
}

/** What was set up for a source. */
export interface LoadSetup {
  bases: Readonly<Record<string, string>>;
  choice: readonly string[];
  key: string | null;
  subjects: readonly Subject[];
  /** All documents of the source together. */
  maxKeptBytes: number;
  /** Take everything again, whatever it was before; what is kept leaves when the new is whole. */
  anew?: boolean;
}

const MB = 1024 * 1024;
const SMALL_BYTES = 64 * MB;
const DOCUMENT_BYTES = 4 * 1024 * MB;
const NAMED = 20;
const MAX_DOCUMENTS = 50_000;

/**
 * Visits a source once, from where the last visit ended: what is new is brought into the store, checked, and kept; the rest is not
 * asked for again. Returns the state after it. A refusal ends the visit and stands in the state as `failure`: what was whole before stays.
 * Only a stop (`signal`) and bugs throw.
 */
export async function loadSource(
  source: Source,
  feeds: readonly Feed[],
  setup: LoadSetup,
  before: SourceState,
  io: LoadIo,
): Promise<SourceState> {
  const visit = new Visit(source, feeds, setup, await whole(before, io), io);
  try {
    await visit.run();
  } catch (error) {
    io.signal.throwIfAborted();
    if (!(error instanceof Fault)) throw error;
    await visit.fail(error);
  }
  return visit.state;
}

/** When bytes are gone (another machine, a cleaned folder) all is asked for anew; what is still there stays in use until then. */
async function whole(state: SourceState, io: LoadIo): Promise<SourceState> {
  const documents: KeptDocument[] = [];
  for (const document of state.documents) if (await io.has(document.sha256)) documents.push(document);
  return documents.length === state.documents.length ? state : { ...state, cursor: null, documents, seen: {} };
}

class Visit {
  state: SourceState;
  readonly #source: Source;
  readonly #feeds: readonly Feed[];
  readonly #setup: LoadSetup;
  readonly #io: LoadIo;
  /** What becomes the state at the next `reached`. */
  readonly #documents: Map<string, KeptDocument>;
  readonly #seen: Map<string, Validators>;
  readonly #problems: LoadProblem[] = [];
  #changed = false;
  #sequence: number;
  #done: number | null = null;
  #total: number | null = null;

  constructor(source: Source, feeds: readonly Feed[], setup: LoadSetup, state: SourceState, io: LoadIo) {
    this.#source = source;
    this.#feeds = feeds.filter(({ name }) => source.formats.includes(name));
    this.#setup = setup;
    this.#io = io;
    this.state = { ...state, triedAt: io.now().toISOString() };
    this.#documents = new Map(state.documents.map((document) => [document.name, document]));
    this.#seen = new Map(Object.entries(state.seen));
    this.#sequence = state.documents.reduce((most, { sequence }) => Math.max(most, sequence + 1), 0);
  }

  async run(): Promise<void> {
    let cursor: JsonValue = this.#setup.anew === true ? null : (this.state.cursor as JsonValue);
    for await (const step of this.#source.read(this.#tools(), cursor)) {
      this.#io.signal.throwIfAborted();
      if (step.type === "reached") {
        cursor = step.cursor;
        this.#done = step.done ?? this.#done;
        this.#total = step.total ?? this.#total;
        await this.#commit(cursor, {});
      } else await this.#take(step);
    }
    const now = this.#io.now().toISOString();
    const changedAt = this.#changed ? now : this.state.changedAt;
    await this.#commit(cursor, { succeededAt: now, changedAt, failure: null, problems: this.#problems });
  }

  async fail({ code, message, at, fix }: Fault): Promise<void> {
    const failure = { code, reason: message, at: at ?? null, fix: fix ?? null };
    const changedAt = this.#changed ? this.#io.now().toISOString() : this.state.changedAt;
    this.state = { ...this.state, failure, changedAt, problems: this.#problems };
    await this.#io.save(this.state);
  }

  async #commit(cursor: JsonValue, rest: Partial<SourceState>): Promise<void> {
    const documents = [...this.#documents.values()];
    const bytes = documents.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    if (bytes > this.#setup.maxKeptBytes || documents.length > MAX_DOCUMENTS)
      throw new Fault(
        "too_large",
        `The source is larger than what may be kept of it (${this.#setup.maxKeptBytes} bytes)`,
        {
          at: this.#source.name,
          fix: "Choose less of it, or raise the limit; what was known before stays in use",
        },
      );
    this.state = { ...this.state, cursor, documents, seen: Object.fromEntries(this.#seen), ...rest };
    await this.#io.save(this.state);
  }

  async #take(step: Exclude<Step, { type: "reached" }>): Promise<void> {
    if (step.type === "problem") this.#tell({ at: step.at, reason: step.reason });
    else if (step.type === "drop") {
      for (const name of [...this.#documents.keys()])
        if (step.where(name)) this.#changed = this.#documents.delete(name);
    } else if (step.type === "bytes") {
      const held = await this.#io.hold(step.bytes);
      const brought = { ...held, validators: { etag: null, lastModified: step.more?.lastModified ?? null } };
      await this.#keep(step.name, step.url, brought, step.more?.mayBeEmpty === true);
    } else await this.#bring(step);
  }

  async #bring({ name, url, more = {} }: Extract<Step, { type: "document" }>): Promise<void> {
    const { maxBytes = DOCUMENT_BYTES, mayBeEmpty, optional, ...rest } = more;
    const known = this.#documents.get(name);
    const asked = known?.url === url && this.#setup.anew !== true;
    const validators = asked ? known : { etag: null, lastModified: null };
    this.#say(name, 0, null);
    const brought = await this.#io.bring(url, {
      ...rest,
      maxBytes,
      known: { etag: validators.etag, lastModified: validators.lastModified },
      onBytes: (done, total) => this.#say(name, done, total),
    });
    if (brought === "unchanged") return;
    if (brought === "missing") {
      if (optional) return;
      throw new Fault("unavailable", `There is no ${name} at its address any more`, {
        at: url,
        fix: "What was known before stays in use. Look whether its publisher moved it",
      });
    }
    await this.#keep(name, url, brought, mayBeEmpty === true);
  }

  async #keep(
    name: string,
    url: string,
    { sha256, sizeBytes, validators }: Brought,
    mayBeEmpty: boolean,
  ): Promise<void> {
    const known = this.#documents.get(name);
    if (known?.sha256 === sha256) {
      this.#documents.set(name, { ...known, url, ...validators });
      return;
    }
    const shape = await this.#look(sha256, name);
    refuseBroken(name, shape);
    refuseOtherShape(name, shape, this.#setup.anew === true ? undefined : known, mayBeEmpty);
    for (const problem of shape.problems) this.#tell(problem);
    const { records, unusable } = shape;
    const fetchedAt = this.#io.now().toISOString();
    this.#documents.delete(name);
    this.#documents.set(name, {
      ...{ name, sha256, sizeBytes, url, ...validators },
      ...{ sequence: this.#sequence++, fetchedAt, records, unusable },
    });
    this.#changed = true;
  }

  async #look(sha256: string, name: string): Promise<Counted> {
    if (this.#source.inspect === undefined)
      return countRecords(
        name,
        filesOf(this.#source, name, this.#io.inputs(sha256, name)),
        this.#feeds,
        this.#io.signal,
      );
    const counted = this.#source.inspect(await this.#io.text(sha256, SMALL_BYTES));
    return {
      ...(counted ?? { records: 0, unusable: 1 }),
      problems: [],
      broken: null,
      first: counted === null ? "an unknown shape" : null,
    };
  }

  #tell(problem: LoadProblem): void {
    if (this.#problems.length < NAMED) this.#problems.push(problem);
  }

  #say(what: string, doneBytes: number | null, totalBytes: number | null): void {
    const { name } = this.#source;
    this.#io.progress({ source: name, what, doneBytes, totalBytes, done: this.#done, total: this.#total });
  }

  #tools(): SourceTools {
    const { bases, choice, key, subjects } = this.#setup;
    const io = this.#io;
    return {
      now: io.now(),
      choice: choice.length > 0 ? choice : (this.#source.choice?.standard ?? []),
      key,
      subjects,
      kept: this.#documents,
      at: (base, path = "") => joined(bases[base] ?? this.#source.bases[base] ?? "", path),
      ask: (url, options) => this.#ask(url, options),
      pause: (ms) => io.pause(ms),
      whyNotSigned: io.whyNotSigned,
    };
  }

  async #ask(
    url: string,
    { headers = {}, maxBytes = SMALL_BYTES, ifChanged, busy = [] }: AskOptions = {},
  ): Promise<SmallAnswer> {
    this.#say(url.replace(/[?#].*$/, ""), null, null);
    const remembered = ifChanged && this.#setup.anew !== true;
    const known = (remembered ? this.#seen.get(url) : undefined) ?? { etag: null, lastModified: null };
    const { validators, ...answer } = await this.#io.ask(url, { headers, maxBytes, known, busy });
    if (ifChanged && validators !== undefined) this.#seen.set(url, validators);
    return answer;
  }
}

const joined = (base: string, path: string): string =>
  path === "" ? base : path.startsWith("?") ? base + path : `${base.replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`;
