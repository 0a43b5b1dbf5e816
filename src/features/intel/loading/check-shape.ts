import { Fault } from "../../../lib/fault.ts";
import type { Feed } from "../feed.ts";
import { type FeedInput, readFeeds } from "../read-feeds.ts";
import type { LoadProblem } from "./schema.ts";

/** What is in a document, counted before it is kept. */
export interface Counted {
  records: number;
  unusable: number;
  problems: LoadProblem[];
  /** The first reason why something is no record. */
  first: string | null;
  /** Why the document as a whole ends early: a damaged archive, a stream that was cut. */
  broken: string | null;
}

/** More unusable records than this share, and more than a handful, is no accident of a record but another shape. */
const MOST_UNUSABLE = 0.1;
const A_HANDFUL = 5;
/** A document that had many records and has less than this share of them now was cut or emptied at its source. */
const LEAST_LEFT = 0.5;
const MANY = 100;
const NAMED = 20;

/** Reads a document as its source's formats would, and counts. Bounded memory: nothing of it is kept. */
export async function countRecords(
  name: string,
  inputs: AsyncIterable<FeedInput>,
  feeds: readonly Feed[],
  signal: AbortSignal,
): Promise<Counted> {
  const shape: Counted = { records: 0, unusable: 0, problems: [], first: null, broken: null };
  for await (const item of readFeeds(inputs, { feeds })) {
    signal.throwIfAborted();
    if (item.type === "record") shape.records += item.record.kind === "as-of" ? 0 : 1;
    else {
      shape.first ??= item.reason;
      if (item.type === "skipped") continue;
      if (item.broken === true && item.path === name) shape.broken ??= item.reason;
      shape.unusable += 1;
      if (shape.problems.length < NAMED)
        shape.problems.push({
          at: item.at.startsWith(item.path) ? item.at : `${item.path} ${item.at}`,
          reason: item.reason,
        });
    }
  }
  return shape;
}

/** Fault `bad_input` when records are missing because the document ends early, however many were read before. */
export function refuseBroken(name: string, { records, broken }: Counted): void {
  if (broken === null || records === 0) return;
  throw new Fault("bad_input", `${name} is damaged after ${records} records: ${broken}`, {
    at: name,
    fix: "Nothing of it was taken; what was known before stays in use, and it is tried again at the next run",
  });
}

/** Fault `bad_input` when the document has another shape than its feed had: then it is not taken, and what was known stays. */
export function refuseOtherShape(
  name: string,
  { records, unusable, first, problems }: Counted,
  before: { records: number } | undefined,
  mayBeEmpty: boolean,
): void {
  const changed = (reason: string) =>
    new Fault("bad_input", `The feed changed its shape: ${reason}`, {
      at: name,
      fix: "Nothing of it was taken; what was known before stays in use. Look whether its publisher announced a new format",
    });
  if (records === 0 && (!mayBeEmpty || unusable > 0))
    throw changed(`no record can be read from ${name}${first === null ? "" : ` (${first})`}`);
  if (unusable > A_HANDFUL && unusable > (records + unusable) * MOST_UNUSABLE)
    throw changed(
      `${unusable} of ${records + unusable} records in ${name} cannot be used (${problems[0]?.reason ?? first ?? "of an unknown kind"})`,
    );
  if (before !== undefined && before.records >= MANY && records < before.records * LEAST_LEFT)
    throw changed(`${name} had ${before.records} records and has ${records} now`);
}
