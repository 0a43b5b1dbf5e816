import * as z from "zod";
import { orderNamed } from "../../features/intel/versions/named-order.ts";
import { parseVers, versContains } from "../../features/intel/versions/vers.ts";
import { Fault } from "../../lib/fault.ts";
import type { JsonValue } from "../../lib/json.ts";

const Pair = z.union([
  z.tuple([z.string(), z.string()]).transform(([a, b]) => ({ a, b, ecosystem: undefined })),
  z.object({ ecosystem: z.string().optional(), a: z.string(), b: z.string() }),
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
  z.string().transform((version) => ({ version, range: undefined })),
  z.object({ range: z.string().optional(), version: z.string() }),
]);

/** Whether `"1.0"` or `{"range":"vers:…","version":"1.0"}` lies in the range. */
export function containedAsked(value: JsonValue, range: string | null): JsonValue {
  const question = Question.safeParse(value);
  if (!question.success)
    throw new Fault("bad_input", "A version is needed.", {
      fix: 'Write "1.0" or {"range":"vers:npm/…","version":"1.0"}',
    });
  const text = question.data.range ?? range;
  if (text === null) throw new Fault("bad_input", "The range is missing.", { at: "range", fix: "Give --range" });
  return versContains(parseVers(text), question.data.version);
}
