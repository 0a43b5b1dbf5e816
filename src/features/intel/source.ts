import { Fault } from "../../lib/fault.ts";
import type { JsonValue } from "../../lib/json.ts";

/** What a server answered for a small document. */
export type SmallAnswer =
  | { type: "bytes"; bytes: Uint8Array; link: string | null }
  | { type: "unchanged" }
  | { type: "missing" };

export interface AskOptions {
  headers?: Readonly<Record<string, string>>;
  /** Largest answer taken; 64 MB when not said. */
  maxBytes?: number;
  /** Statuses that mean "not now" at this address, besides those that always do. */
  busy?: readonly number[];
  /** Ask "has it changed since the last visit that ended well?"; without it the answer is never `unchanged`. */
  ifChanged?: true;
}

/** A device of the organisation, for sources that are asked about one product at a time. */
export interface Subject {
  manufacturer: string;
  product: string;
  model: string | null;
}

/** Everything a source may touch of the world, handed in. */
export interface SourceTools {
  readonly now: Date;
  /** The base address of that name, as published or as overridden, with a path behind it. */
  at(base: string, path?: string): string;
  /** What was chosen, such as the ecosystems of OSV; the published choice when nothing was. */
  readonly choice: readonly string[];
  /** The key an operator gave this source; null: none. */
  readonly key: string | null;
  /** What is kept of this source now, by name. */
  readonly kept: ReadonlyMap<string, { lastModified: string | null }>;
  readonly subjects: readonly Subject[];
  ask(url: string, options?: AskOptions): Promise<SmallAnswer>;
  pause(ms: number): Promise<void>;
  /** Why a detached OpenPGP signature by none of the keys holds for the bytes; null: one does. */
  whyNotSigned(bytes: Uint8Array, signature: Uint8Array, keys: readonly Uint8Array[]): Promise<string | null>;
}

/** One thing a source does, in order. */
export type Step =
  /** Download it and keep it under this name; nothing happens when it has not changed. */
  | { type: "document"; name: string; url: string; more?: DocumentOptions }
  /** Keep these bytes, which the source has read itself. */
  | {
      type: "bytes";
      name: string;
      url: string;
      bytes: Uint8Array;
      more?: Pick<DocumentOptions, "mayBeEmpty"> & { lastModified?: string };
    }
  /** No longer keep these. */
  | { type: "drop"; where: (name: string) => boolean }
  /** Everything up to here is whole: after a stop, go on from this cursor. */
  | { type: "reached"; cursor: JsonValue; done?: number; total?: number }
  | { type: "problem"; at: string; reason: string };

export interface DocumentOptions {
  headers?: Readonly<Record<string, string>>;
  maxBytes?: number;
  /** A document without a record is in order. */
  mayBeEmpty?: true;
  /** It is there or not: 404 is no failure. */
  optional?: true;
  /** A zip that holds the zip. */
  innerZip?: true;
  /** Hex digest its content must have; `unpacked`: of what is inside the gzip. */
  digest?: { algorithm: "sha256" | "sha512"; hex: string; unpacked?: true };
}

/** The port of a source of advisories. No clock, no network, no file system: tools and a cursor in, steps out. */
export interface Source {
  readonly name: string;
  readonly title: string;
  /** What one gets from it, in one sentence for a person. */
  readonly gives: string;
  /** Who publishes it and under which terms. */
  readonly publisher: string;
  readonly terms: string;
  /** Where a person can read about it. */
  readonly home: string;
  readonly everyHours: number;
  /** About how much is downloaded the first time, in bytes. */
  readonly firstBytes: number;
  /** Published base addresses; each can be overridden by a mirror. The first is the main one. */
  readonly bases: Readonly<Record<string, string>>;
  /** Named `key` when an API key is of use, and what it brings. */
  readonly keyHelps?: string;
  /** What may be chosen, and what is chosen when nothing is said. */
  readonly choice?: { of: string; standard: readonly string[] };
  /** The feed formats its documents have (names in `feeds/`); anything else is a changed shape. Empty: `inspect` looks. */
  readonly formats: readonly string[];
  /** Of the files in its archives only these are read, by their path without the archive's own folder; all when not said. */
  readonly files?: RegExp;
  /** For documents that are no advisories: records in a document, null when its shape is unknown. */
  inspect?(text: string): { records: number; unusable: number } | null;
  read(tools: SourceTools, cursor: JsonValue): AsyncGenerator<Step, void, undefined>;
}

/** The folder whose files are the sources: adding a source is adding one file there. */
export const sourceFolder = new URL("./sources/", import.meta.url);

/** The source a plug-in file exports by default; a Fault `bad_configuration` names the file that exports none and what it lacks. */
export function checkSource(module: unknown, file: string): Source {
  const found = isObject(module) ? module.default : undefined;
  if (!isObject(found)) throw new Fault("bad_configuration", "The file exports no source by default", { at: file });
  const texts = ["name", "title", "gives", "publisher", "terms", "home"].filter(
    (key) => typeof found[key] !== "string",
  );
  const numbers = ["everyHours", "firstBytes"].filter((key) => typeof found[key] !== "number");
  const bases = isObject(found.bases) ? Object.values(found.bases) : [];
  const wrong = [
    ...texts,
    ...numbers,
    ...(bases.length > 0 && bases.every((base) => typeof base === "string" && URL.canParse(base)) ? [] : ["bases"]),
    ...(Array.isArray(found.formats) && (found.formats.length > 0 || typeof found.inspect === "function")
      ? []
      : ["formats"]),
    ...(typeof found.read === "function" ? [] : ["read"]),
  ];
  if (wrong.length > 0)
    throw new Fault("bad_configuration", `The source lacks ${wrong.join(", ")}, or has it in another form`, {
      at: file,
    });
  if (found.name !== file.replace(/\.(ts|js)$/, ""))
    throw new Fault("bad_configuration", `The source is named ${String(found.name)}, its file is not`, { at: file });
  return found as unknown as Source;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
