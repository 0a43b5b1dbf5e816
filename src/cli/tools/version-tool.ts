import * as z from "zod";
import { orderNamed, versTypeNamed } from "../../features/intel/versions/named-order.ts";
import { parseNativeRange } from "../../features/intel/versions/native.ts";
import { parseVers, type Vers, versContains } from "../../features/intel/versions/vers.ts";
import { VERS_TYPES } from "../../features/intel/versions/vers-types.ts";
import { Fault } from "../../lib/fault.ts";
import type { JsonValue } from "../../lib/json.ts";

/** Nothing is no version: an answer about it would be a guess. */
const Version = z.string().refine((text) => text.trim() !== "");

export const PAIR_EXAMPLE = '["1.0","2.0"]';
export const VERSION_EXAMPLE = '"1.0"';

/** JSON's numbers know no 1.10: what was meant is gone when it is read. */
function noVersion(value: JsonValue, reason: string, example: string): Fault {
  const parts = typeof value === "object" && value !== null ? Object.values(value) : [value];
  const isNumber = parts.some((part) => typeof part === "number");
  return new Fault("bad_input", isNumber ? "Versions are texts: as a number, 1.10 is 1.1." : reason, {
    fix: `Write ${example}`,
  });
}

const Pair = z.union([
  z.tuple([Version, Version]).transform(([a, b]) => ({ a, b, ecosystem: undefined })),
  z.object({ ecosystem: z.string().optional(), a: Version, b: Version }),
]);

/** -1, 0 or 1 for `["1.0","2.0"]` or `{"a":"1.0","b":"2.0","ecosystem":"npm"}`. */
export function compareAsked(value: JsonValue, ecosystem: string | null): JsonValue {
  const pair = Pair.safeParse(value);
  if (!pair.success) throw noVersion(value, "Two versions are needed.", `${PAIR_EXAMPLE} or {"a":"1.0","b":"2.0"}`);
  const name = pair.data.ecosystem ?? ecosystem;
  if (name === null)
    throw new Fault("bad_input", "The ecosystem is missing.", { at: "ecosystem", fix: "Give --ecosystem" });
  return orderNamed(name)(pair.data.a, pair.data.b);
}

const Question = z.union([
  Version.transform((version) => ({ version, range: undefined, ecosystem: undefined })),
  z.object({ range: z.string().optional(), version: Version, ecosystem: z.string().optional() }),
]);

/** What the command line says for all questions; a question may say its own. */
export interface AskedRange {
  range: string | null;
  ecosystem: string | null;
}

/** Whether `"1.0"` or `{"range":"vers:…","version":"1.0"}` lies in the range. */
export function containedAsked(value: JsonValue, asked: AskedRange): JsonValue {
  const question = Question.safeParse(value);
  if (!question.success)
    throw noVersion(value, "A version is needed.", `${VERSION_EXAMPLE} or {"range":"vers:npm/<2.0","version":"1.0"}`);
  const text = question.data.range ?? asked.range;
  if (text === null) throw new Fault("bad_input", "The range is missing.", { at: "range", fix: "Give --range" });
  return versContains(readRange(text, question.data.ecosystem ?? asked.ecosystem), question.data.version);
}

function readRange(text: string, ecosystem: string | null): Vers {
  if (/^\s*vers:/i.test(text)) return ordered(parseVers(text));
  if (ecosystem !== null) return parseNativeRange(versTypeNamed(ecosystem), text);
  throw new Fault("bad_input", "Whose way of writing ranges is this?", {
    at: "range",
    fix: "Write it as vers:npm/>=1.0|<2.0, or give --ecosystem too",
  });
}

/** A VERS type that nobody registered would be ordered by numbers and letters, and `vers:debian/…` be answered wrongly. */
function ordered(range: Vers): Vers {
  const { type } = range;
  if (range.constraints === "*" || VERS_TYPES.includes(type) || type === "nginx") return range;
  throw new Fault("bad_input", `No order of versions is known for the VERS type "${type.slice(0, 60)}"`, {
    at: "range",
    fix: `Write vers:${typeMeant(type) ?? "generic"}/…${typeMeant(type) === null ? ", which goes by numbers and words" : ""}`,
  });
}

/** The type somebody meant who wrote an ecosystem's name. */
function typeMeant(name: string): string | null {
  try {
    const type = versTypeNamed(name);
    return type === name ? null : type;
  } catch {
    return null;
  }
}
