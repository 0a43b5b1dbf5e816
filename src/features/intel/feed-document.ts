import { parseDocument, type Tags } from "yaml";
import { Fault } from "../../lib/fault.ts";
import { parseJson } from "../../lib/json.ts";
import { complexKeyAt } from "../../lib/yaml-keys.ts";
import type { FeedDocument } from "./feed.ts";

/** A feed document that remembers why its text did not parse. */
export interface ReadableDocument extends FeedDocument {
  fault(): Fault | null;
}

/** Longer YAML is refused: its parser needs some fifty times the text in memory. */
const MAX_YAML_LENGTH = 8 * 1024 * 1024;

/** A text as a feed document; parsed at most once, when a feed first asks for its value. */
export function documentOf(path: string, text: string): ReadableDocument {
  let parsed: { value: unknown; fault: Fault | null } | undefined;
  const parse = () => {
    parsed ??= parseText(path, text);
    return parsed;
  };
  return { path, text: () => text, data: () => parse().value, fault: () => parse().fault };
}

/** One element of a JSON list as a document of its own. */
export const elementOf = (list: FeedDocument, index: number, value: unknown): ReadableDocument => ({
  path: `${list.path}#/${index}`,
  text: () => JSON.stringify(value),
  data: () => value,
  fault: () => null,
});

function parseText(path: string, text: string): { value: unknown; fault: Fault | null } {
  try {
    if (/^\s*[[{]/.test(text)) return { value: parseFastJson(path, text), fault: null };
    if (looksLikeYaml(text)) return { value: parseYaml(path, yamlPart(text)), fault: null };
    return { value: undefined, fault: null };
  } catch (fault) {
    if (fault instanceof Fault) return { value: undefined, fault };
    throw fault;
  }
}

/** A value of two characters can take eighty bytes of memory. Public feeds of one document hold a tenth of this. */
const MAX_JSON_VALUES = 10_000_000;

/** Signs inside strings count too: a bound, not a count. */
function hasManyValues(text: string): boolean {
  let values = 0;
  for (let i = 0; i < text.length && values <= MAX_JSON_VALUES; i++) {
    const sign = text.charCodeAt(i);
    if (sign === COMMA || sign === BRACE || sign === BRACKET) values++;
  }
  return values > MAX_JSON_VALUES;
}

const [COMMA, BRACE, BRACKET] = [0x2c, 0x7b, 0x5b];

/** The engine's parser; only where it refuses, the strict one, which knows the place. */
function parseFastJson(path: string, text: string): unknown {
  if (text.length > 2 * MAX_JSON_VALUES && hasManyValues(text))
    throw new Fault("too_large", `More than ${MAX_JSON_VALUES} values in one document are not read`, { at: path });
  try {
    return JSON.parse(text);
  } catch {
    return parseJson(text, { name: path });
  }
}

const BEGINS = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:(---)(?:\r?\n|[ \t])|[\w"'$.@/-]+[ \t]*:(?:[ \t]|\r?\n|$))/;
const MARGIN_KEY = /^[\w"'$.@/-]+[ \t]*:(?:[ \t]|\r?$)/gm;

/** It begins with a document marker, or with a key that is not the only one: prose may begin with a word and a colon. */
function looksLikeYaml(text: string): boolean {
  const head = text.slice(0, 8192);
  const begins = BEGINS.exec(head);
  return begins !== null && (begins[1] !== undefined || (head.match(MARGIN_KEY)?.length ?? 0) > 1);
}

/** What stands before a second marker: the front matter of a Markdown file, the first of several documents. */
function yamlPart(text: string): string {
  const frontMatter = /^---[ \t]*\r?\n([\s\S]*?\n)---[ \t]*(?:\r?\n|$)/.exec(text);
  return frontMatter?.[1] ?? text;
}

function parseYaml(path: string, text: string): unknown {
  if (text.length > MAX_YAML_LENGTH)
    throw new Fault("too_large", `YAML of more than ${MAX_YAML_LENGTH} characters is not read`, { at: path });
  try {
    const document = parseDocument(text, {
      uniqueKeys: false,
      merge: false,
      prettyErrors: false,
      logLevel: "silent",
      customTags: withoutNumbers,
    });
    const error = document.errors[0];
    if (error !== undefined)
      throw new Fault("bad_input", `This is not YAML: ${error.message}`, { at: yamlPlace(path, text, error.pos[0]) });
    const complex = complexKeyAt(document);
    if (complex !== null)
      throw new Fault("bad_input", "A key of this YAML is a list or a map", { at: yamlPlace(path, text, complex) });
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault("bad_input", `This YAML cannot be read: ${(cause as Error).message}`, { at: path, cause });
  }
}

/** A version 1.10 written without quotes must not become the number 1.1. */
const withoutNumbers = (tags: Tags): Tags =>
  tags.filter((tag) => typeof tag === "string" || !/:(int|float)$/.test(tag.tag));

const yamlPlace = (path: string, text: string, offset: number): string =>
  `${path}:${text.slice(0, offset).split("\n").length}`;
