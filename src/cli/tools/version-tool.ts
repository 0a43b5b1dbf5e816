import * as z from "zod";
import { orderNamed, versTypeNamed } from "../../features/intel/versions/named-order.ts";
import { parseNativeRange } from "../../features/intel/versions/native.ts";
import { parseVers, type Vers, versContains } from "../../features/intel/versions/vers.ts";
import { Fault } from "../../lib/fault.ts";
import type { JsonValue } from "../../lib/json.ts";

/** Nothing is no version: an answer about it would be a guess. */
const Version = z.string().refine((text) => text.trim() !== "");

const Pair = z.union([
  z.tuple([Version, Version]).transform(([a, b]) => ({ a, b, ecosystem: undefined })),
  z.object({ ecosystem: z.string().optional(), a: Version, b: Version }),
]);

/** -1, 0 or 1 for `["1.0","2.0"]` or `{"a":"1.0","b":"2.0","ecosystem":"npm"}`. */
export function compareAsked(value: JsonValue, ecosystem: string | null): JsonValue {
  const pair = Pair.safeParse(value);
  if (!pair.success)
    throw new Fault("bad_input", "Two versions are needed.", { fix: 'Write ["1.0","2.0"] or {"a":"1.0","b":"2.0"}' });
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
    throw new Fault("bad_input", "A version is needed.", {
      fix: 'Write "1.0" or {"range":"vers:npm/…","version":"1.0"}',
    });
  const text = question.data.range ?? asked.range;
  if (text === null) throw new Fault("bad_input", "The range is missing.", { at: "range", fix: "Give --range" });
  return versContains(readRange(text, question.data.ecosystem ?? asked.ecosystem), question.data.version);
}

function readRange(text: string, ecosystem: string | null): Vers {
  if (/^\s*vers:/i.test(text)) return parseVers(text);
  if (ecosystem !== null) return parseNativeRange(versTypeNamed(ecosystem), text);
  throw new Fault("bad_input", "Whose way of writing ranges is this?", {
    at: "range",
    fix: "Write it as vers:npm/>=1.0|<2.0, or give --ecosystem too",
  });
}
