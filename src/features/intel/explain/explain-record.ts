import { describeKey } from "../match/identify.ts";
import type { AdvisoryHead, IntelLookup } from "../match/lookup.ts";
import { keyOfAffected } from "../rank-index/keys-of.ts";
import type { Affected } from "../schema.ts";
import { judgeItem, type Outcome } from "./judge-item.ts";
import type { Relation } from "./relations.ts";
import type { ExplainedItem, ExplainedRecord, Says } from "./schema.ts";

export interface RecordContext {
  relations: readonly Relation[];
  outcomeOf(item: number): Outcome;
  /** Keys of the distribution's own package. */
  packages: ReadonlySet<string>;
  now: Date;
}

const SHOWN_OTHERS = 5;
const DAY_MS = 86_400_000;
/** The strongest word of a record's items is the record's. */
const STRENGTH: readonly Says[] = ["affected", "not-decided", "platform-absent", "not-affected", "other-product"];

/** What one record says of the component: each item that names it, and how many name other products. */
export function explainRecord(
  lookup: IntelLookup,
  head: AdvisoryHead,
  { relations, outcomeOf, packages, now }: RecordContext,
): ExplainedRecord {
  const keys = head.affected.map(keyOfAffected);
  const items = head.affected.flatMap((item, i) =>
    judgeBest(
      item,
      relations.filter(({ key }) => key === keys[i]),
      outcomeOf(i),
    ),
  );
  const others = [
    ...new Set(
      head.affected.flatMap((item, i) =>
        relations.some(({ key }) => key === keys[i]) ? [] : [nameOfItem(item, keys[i] ?? null)],
      ),
    ),
  ];
  const newestAt = lookup.feeds.find(({ name }) => name === head.source)?.newestAt ?? null;
  const strongest = STRENGTH.map((says) => items.find((item) => item.says === says)).find((item) => item !== undefined);
  const withdrawn = head.withdrawnAt !== null;
  return {
    id: head.id,
    source: head.source,
    newestAt,
    ageDays: newestAt === null ? null : Math.max(0, Math.floor((now.getTime() - Date.parse(newestAt)) / DAY_MS)),
    publishedAt: head.publishedAt,
    modifiedAt: head.modifiedAt,
    withdrawnAt: head.withdrawnAt,
    says: withdrawn ? "withdrawn" : (strongest?.says ?? "other-product"),
    why: withdrawn
      ? `its source withdrew it on ${head.withdrawnAt?.slice(0, 10)}`
      : (strongest?.why ?? aboutOthers(others)),
    ownDistribution: keys.some((key) => key !== null && packages.has(key)),
    items: (withdrawn ? items.map(takenBack) : items).sort(
      (a, b) => STRENGTH.indexOf(a.says) - STRENGTH.indexOf(b.says),
    ),
    otherProducts: others.slice(0, SHOWN_OTHERS),
    otherCount: others.length,
  };
}

/** What a withdrawn record says holds no more; its ranges stay to be read. */
const takenBack = (item: ExplainedItem): ExplainedItem => ({
  ...item,
  says: "withdrawn",
  why: "the record was withdrawn, so its ranges count no more",
});

/** One component can meet an item in several ways (two CPE names); the one that says most is told. */
function judgeBest(item: Affected, relations: readonly Relation[], outcome: Outcome): ExplainedItem[] {
  const judged = relations.map((relation) => judgeItem(item, relation, outcome));
  const [best] = judged.sort((a, b) => STRENGTH.indexOf(a.says) - STRENGTH.indexOf(b.says));
  return best === undefined ? [] : [best];
}

const nameOfItem = (item: Affected, key: string | null): string =>
  key === null
    ? item.product === null
      ? (item.cpe ?? "a product without a name")
      : `${item.product.vendor} ${item.product.name}`.trim()
    : describeKey(key);

const aboutOthers = (others: readonly string[]): string =>
  others.length === 0
    ? "it names no product"
    : `it is about ${others.slice(0, 3).join(", ")}${others.length > 3 ? ` and ${others.length - 3} more` : ""}`;
