import type { ComponentName } from "../assess/schema.ts";
import type { ExplainedIdentity, ExplainedRecord, Explanation } from "./schema.ts";

export interface Facts {
  component: ComponentName;
  advisory: string;
  /** In the order they are told. */
  records: readonly ExplainedRecord[];
  /** Whether the assessment lists it. */
  found: boolean;
  rejected: boolean;
  nearer: "kernel-stream" | "distribution" | null;
  /** Why matching could say nothing of the component. */
  unmatched: string | null;
  identities: readonly ExplainedIdentity[];
}

/** The verdict and the sentences that give it: the answer, then what decided. */
export function decide(facts: Facts): Pick<Explanation, "verdict" | "because"> {
  const { component, advisory, records, found, rejected, nearer, unmatched } = facts;
  const named = `${component.name}${component.version === null || component.name.endsWith(component.version) ? "" : ` ${component.version}`}`;
  const of = (says: ExplainedRecord["says"]) => records.find((record) => record.says === says);
  const affected = best(records);
  const clear = (why: string[]) => ({
    verdict: "not-affected" as const,
    because: [`${named} is not affected by ${advisory}.`, ...why],
  });
  if (found && affected !== undefined)
    return {
      verdict: "affected",
      because: [`${named} is affected by ${advisory}.`, tell(affected), fixSentence(affected)].filter(
        (text) => text !== "",
      ),
    };
  if (rejected) return clear([`The CVE list rejected ${advisory}: it is no vulnerability.`]);
  if (nearer !== null && affected !== undefined) return clear(nearerSentences(facts, affected));
  const absent = of("platform-absent");
  if (absent !== undefined) return clear([tell(absent)]);
  const open = of("not-decided");
  if (open !== undefined)
    return {
      verdict: "not-decided",
      because: [`Whether ${named} is affected by ${advisory} cannot be decided.`, tell(open)],
    };
  const good =
    records.find(({ says, ownDistribution }) => says === "not-affected" && ownDistribution) ?? of("not-affected");
  if (good !== undefined) return clear([tell(good)]);
  if (unmatched !== null)
    return {
      verdict: "not-decided",
      because: [`Whether ${named} is affected by ${advisory} cannot be decided.`, `${unmatched}.`],
    };
  const withdrawn = records.filter(({ says }) => says === "withdrawn");
  const taken =
    withdrawn.find(({ items }) => items.length > 0) ?? (withdrawn.length === records.length ? withdrawn[0] : undefined);
  if (taken !== undefined)
    return {
      verdict: "not-named",
      because: [`No record of ${advisory} that still stands names ${named}.`, tell(taken)],
    };
  return { verdict: "not-named", because: [`No record of ${advisory} names ${named}.`, ...unnamed(facts)] };
}

/** A record by the component's own package manager says most, then one with a fix. */
function best(records: readonly ExplainedRecord[]): ExplainedRecord | undefined {
  const weight = ({ items }: ExplainedRecord) =>
    Number(items[0]?.rule === "package") * 2 + Number((items[0]?.fixedIn.length ?? 0) > 0);
  return records.filter(({ says }) => says === "affected").sort((a, b) => weight(b) - weight(a))[0];
}

/** Who says it, where, of what, and why. */
export function tell({ source, id, why, items, newestAt }: ExplainedRecord): string {
  const [item] = items;
  const what = item === undefined ? "" : ` about ${item.identity}`;
  const date = newestAt === null ? "which is not dated" : `newest record ${newestAt.slice(0, 10)}`;
  return `Record ${id} of ${source} (${date})${what}: ${why}.`;
}

const fixSentence = ({ items }: ExplainedRecord): string => {
  const fixes = items.filter(({ says }) => says === "affected").flatMap(({ fixedIn }) => fixedIn);
  return fixes.length === 0 ? "It names no fixed version." : `Fixed in ${[...new Set(fixes)].slice(0, 4).join(", ")}.`;
};

function nearerSentences({ records, nearer, component }: Facts, affected: ExplainedRecord): string[] {
  const overruled = `${tell(affected)} That is overruled.`;
  if (nearer === "kernel-stream") {
    const stream = /^\d+\.\d+/.exec(component.version ?? "")?.[0] ?? "its";
    const fix = streamFix(records, stream);
    return [
      `The fix was carried back to the stable stream ${stream}${fix === null ? "" : `: ${fix.source} (${fix.id}) names ${fix.fixed}`}, and this kernel has it. The stream's own fix decides over mainline ranges.`,
      overruled,
    ];
  }
  const word = records.find(({ ownDistribution }) => ownDistribution);
  return [
    `The distribution it comes from speaks of this vulnerability in its own package, and its word goes before the upstream's.`,
    ...(word === undefined ? [] : [tell(word)]),
    overruled,
  ];
}

function streamFix(records: readonly ExplainedRecord[], stream: string) {
  for (const { source, id, items } of records)
    for (const { ranges, scheme } of items)
      for (const { range, fixed } of ranges)
        if (scheme === "linux" && fixed !== null && range.startsWith(`>= ${stream},`)) return { source, id, fixed };
  return null;
}

function unnamed({ records, identities }: Facts): string[] {
  const names = [...new Set(identities.map(({ identity }) => identity))].slice(0, 4);
  const asked = names.length === 0 ? [] : [`It was looked up as ${names.join(", ")}.`];
  const others = [...new Set(records.flatMap(({ otherProducts }) => otherProducts))];
  const attribute = records.find(({ says, items }) => says === "other-product" && items.length > 0);
  if (attribute !== undefined) return [tell(attribute)];
  const many = others.length > 4 ? " and others" : "";
  return [
    ...asked,
    ...(others.length === 0 ? [] : [`They name ${others.slice(0, 4).join(", ")}${many}.`]),
    "That is silence, not a word that it is good: a source that covers this component may be missing.",
  ];
}
