import { Fault } from "../../lib/fault.ts";
import type { FeedRecord } from "./schema.ts";

/** One document of a feed: a file, an archive entry, or one line of newline-delimited JSON. Bounded; read on demand, once. */
export interface FeedDocument {
  /** Where it came from, for messages: `pypa.tar.gz/vulns/x/PYSEC-2021-1.yaml` or `cves.ndjson.gz:12`. */
  readonly path: string;
  text(): string;
  /** The JSON or YAML value; undefined when the text is neither. */
  data(): unknown;
}

/** Tells of one part of a document that could not be used; the rest is still read. `at` is a place inside the document. */
export type Report = (at: string, reason: string) => void;

/** The port of a feed format. No clock, no I/O: a document in, normalised records out. */
export interface Feed {
  readonly name: string;
  readonly title: string;
  /** Whether the content (never the file name) is this format. Must not throw. */
  recognise(document: FeedDocument): boolean;
  /** Throws a ZodError or Fault when the whole document cannot be used. */
  read(document: FeedDocument, report: Report): Iterable<FeedRecord>;
}

/** The folder whose files are the feeds: adding a feed is adding one file there. */
export const feedFolder = new URL("./feeds/", import.meta.url);

/** The feed a plug-in file exports by default; a Fault `bad_configuration` names the file that exports none. */
export function checkFeed(module: unknown, file: string): Feed {
  const feed = isObject(module) ? module.default : undefined;
  if (!isObject(feed)) throw new Fault("bad_configuration", "The file exports no feed by default", { at: file });
  const { name, title, recognise, read } = feed;
  if (typeof name !== "string" || typeof title !== "string" || !isFunction(recognise) || !isFunction(read))
    throw new Fault("bad_configuration", "A feed needs name, title, recognise and read", { at: file });
  return feed as unknown as Feed;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const isFunction = (value: unknown): boolean => typeof value === "function";
