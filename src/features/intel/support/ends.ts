import { cpeKey, vendorAndProduct } from "../rank-index/key.ts";
import type { SupportCycle, SupportRecord } from "../schema.ts";
import { DEBIAN } from "./distribution.ts";
import type { SupportLookup } from "./lookup.ts";
import type { Support, SupportEnding } from "./schema.ts";

type Ending = Omit<SupportEnding, "components">;

/**
 * The days on which support of what a component belongs to ends, past ones too: that of its cycle, and that of the extended support
 * the cycle has for those who pay or ask for it. Empty while no day is known.
 */
export function endingsOf(support: Support, records: Pick<SupportLookup, "named" | "find">): Ending[] {
  const { endsOn, cycle, because } = support;
  const { source, record: named } = because;
  const record = source === null || named === null ? null : records.named(source, named);
  if (record === null) return [];
  if (because.rule !== "debian-list") return ofCycle(record, cycle);
  if (endsOn !== null && record.statement?.since === endsOn)
    return [{ name: cycle === null ? record.title : `${record.title} in ${cycle}`, endsOn, said: because.said }];
  return records.find(cpeKey(...vendorAndProduct(DEBIAN))).flatMap((release) => ofCycle(release, cycle));
}

function ofCycle({ title, cycles, extendedName }: SupportRecord, name: string | null): Ending[] {
  const cycle = cycles.find((one) => one.cycle === name || `${title} ${one.cycle}` === name);
  if (cycle === undefined) return [];
  const product = `${title} ${cycle.cycle}`;
  const extended = extendedName ?? "extended support";
  const [security, longer] = [dayIn(cycle.securityUntil), dayIn(cycle.extendedUntil)];
  const until = [
    ...(security === null ? [] : [`support until ${security}`]),
    ...(longer === null ? [] : [`${extended} until ${longer}, for those who have it`]),
  ];
  const said = `${product}: ${until.join("; ")}`;
  return [
    ...(security === null ? [] : [{ name: product, endsOn: security, said }]),
    ...(longer === null || longer === security ? [] : [{ name: `${product} (${extended})`, endsOn: longer, said }]),
  ];
}

const dayIn = (end: SupportCycle["securityUntil"]): string | null => (end === "open" || end === "ended" ? null : end);

/** One for each product with its cycle and day, in the words of the first that has it. */
export function sumEndings(endings: readonly Ending[]): SupportEnding[] {
  const sums = new Map<string, SupportEnding>();
  for (const ending of endings) {
    const key = JSON.stringify([ending.name, ending.endsOn]);
    const { said, components } = sums.get(key) ?? { said: ending.said, components: 0 };
    sums.set(key, { ...ending, said, components: components + 1 });
  }
  return [...sums.values()];
}
