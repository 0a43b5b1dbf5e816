import type { SourceSays } from "../../features/intel/assess/schema.ts";
import type {
  ExplainAnswer,
  ExplainedItem,
  ExplainedRecord,
  Explanation,
  PlacedRange,
  Says,
  Verdict,
} from "../../features/intel/explain/schema.ts";
import { ageInWords } from "../age.ts";
import { plain } from "../run-action.ts";
import type { Style } from "../style.ts";
import { wrap } from "../wrap.ts";

export interface TextOptions {
  style: Style;
  columns: number;
  /** Every item of every record. */
  all: boolean;
}

const IN_FULL = 2;

/** The explanation for people: the answer and what decided it first, then how the part was looked up, then each record. */
export function toText({ explanations, asked }: ExplainAnswer, options: TextOptions): string {
  if (explanations.length <= IN_FULL || options.all) return explanations.map((one) => inFull(one, options)).join("\n");
  const head = `${plain(asked.advisory)} speaks of ${explanations.length} vulnerabilities. Explain one of them by its own id, or all with --all.`;
  return `${[head, ...explanations.map(({ because }) => `  ${plain(because[0] ?? "")}`)].join("\n")}\n`;
}

function inFull(explanation: Explanation, options: TextOptions): string {
  const { style } = options;
  const { because, verdict, title, aliases, rejected, disputed } = explanation;
  const [answer = "", ...reasons] = because;
  const known = aliases.length === 0 ? "" : ` (also ${aliases.slice(0, 6).join(", ")})`;
  return `${[
    PAINT[verdict](style)(plain(answer)),
    ...reasons.map((reason) => indented(reason, 2, options)),
    ...(rejected ? [indented("The CVE list rejected this id.", 2, options)] : []),
    ...(disputed
      ? [indented("Disputed: the maker or the record says it is none, or not as described.", 2, options)]
      : []),
    ...disagreementLines(explanation.disagreement, options),
    "",
    indented(
      `${title === "" ? explanation.advisory : `What: ${title.length > 160 ? `${title.slice(0, 159)}…` : title}`}${known}`,
      0,
      options,
    ),
    ...identityLines(explanation, options),
    ...recordLines(explanation, options),
  ].join("\n")}\n`;
}

const PAINT: Record<Verdict, (style: Style) => (text: string) => string> = {
  affected: (style) => style.alarm,
  "not-affected": (style) => style.good,
  "not-named": (style) => style.strong,
  "not-decided": (style) => style.warn,
};

const WORD: Record<Says, string> = {
  affected: "affected",
  "not-affected": "not affected",
  "not-decided": "not decidable",
  "platform-absent": "other platform",
  "other-product": "another product",
  withdrawn: "withdrawn",
};

function disagreementLines(said: readonly SourceSays[] | null, options: TextOptions): string[] {
  if (said === null) return [];
  const { style } = options;
  return [
    style.warn("  Sources disagree:"),
    ...said.map(({ source, record, says, fixedIn }) =>
      indented(
        `${source} (${record}): ${WORD[says]}${fixedIn.length === 0 ? "" : `, fixed in ${fixedIn.slice(0, 3).join(", ")}`}`,
        4,
        options,
      ),
    ),
  ];
}

function identityLines({ identities, troubles }: Explanation, options: TextOptions): string[] {
  const answered = identities.filter(({ records }) => records > 0);
  const lines = (answered.length > 0 ? answered : identities).map(({ identity, version, how, records }) =>
    indented(
      `${identity}, ${version === null ? "no version" : `version ${version}`}: ${how}; ${records === 0 ? "no record names it" : `${records.toLocaleString("en")} entries`}`,
      2,
      options,
    ),
  );
  return [
    options.style.strong("Looked up as"),
    ...(lines.length === 0 ? ["  nothing: it has neither a package URL nor a CPE name"] : lines),
    ...troubles.map((trouble) => indented(`Not usable: ${trouble}`, 2, options)),
  ];
}

function recordLines({ records }: Explanation, options: TextOptions): string[] {
  const { style, all } = options;
  const about = records.filter(({ items, says }) => items.length > 0 || says === "withdrawn");
  const others = records.filter((record) => !about.includes(record));
  return [
    style.strong(`Records of it (${records.length})`),
    ...about.flatMap((record) => recordBlock(record, options)),
    ...(all ? others.flatMap((record) => recordBlock(record, options)) : []),
    ...(all || others.length === 0
      ? []
      : [
          indented(
            `${others.length === 1 ? "1 record" : `${others.length} records`} of other products: ${others
              .slice(0, 6)
              .map(({ id, source }) => `${id} (${source})`)
              .join(", ")}${others.length > 6 ? ", …" : ""}`,
            2,
            options,
          ),
        ]),
  ];
}

function recordBlock(record: ExplainedRecord, options: TextOptions): string[] {
  const { style, all } = options;
  const { says, source, id, newestAt, ageDays, modifiedAt, publishedAt, withdrawnAt, items, why, otherCount } = record;
  const age =
    newestAt === null || ageDays === null
      ? "source not dated"
      : `source as of ${newestAt.slice(0, 10)}, ${ageDays === 0 ? "today" : `${ageInWords(ageDays)} old`}`;
  const dates = [
    ...(publishedAt === null ? [] : [`published ${publishedAt.slice(0, 10)}`]),
    ...(modifiedAt === null ? [] : [`changed ${modifiedAt.slice(0, 10)}`]),
    ...(withdrawnAt === null ? [] : [`withdrawn ${withdrawnAt.slice(0, 10)}`]),
    age,
  ];
  const head = `  ${WORD[says].padEnd(15)} ${plain(source)} ${plain(id)}${record.ownDistribution ? " (its own distribution)" : ""}`;
  const shown = all ? items : items.slice(0, 2);
  return [
    says === "affected" ? style.warn(head) : head,
    style.quiet(indented(dates.join("; "), 18, options)),
    ...(items.length === 0 ? [indented(why, 18, options)] : shown.flatMap((item) => itemLines(item, options))),
    ...(items.length > shown.length
      ? [style.quiet(`${" ".repeat(18)}… and ${items.length - shown.length} more of its items (--all)`)]
      : []),
    ...(items.length > 0 && otherCount > 0
      ? [style.quiet(`${" ".repeat(18)}It names ${otherCount} other ${otherCount === 1 ? "product" : "products"} too.`)]
      : []),
  ];
}

const SHOWN_RANGES = 4;

function itemLines(item: ExplainedItem, options: TextOptions): string[] {
  const { ranges, exceptions, undecidable, fixedIn, platforms, listed } = item;
  const decisive = [...ranges].sort((a, b) => Number(b.place === "inside") - Number(a.place === "inside"));
  const shown = options.all ? ranges : decisive.slice(0, SHOWN_RANGES);
  return [
    indented(`${item.identity}: ${item.why}`, 18, options),
    ...shown.map((range) => indented(rangeText(range, item.version), 20, options)),
    ...(ranges.length > shown.length
      ? [options.style.quiet(`${" ".repeat(20)}… and ${ranges.length - shown.length} more ranges`)]
      : []),
    ...exceptions
      .filter(({ place }) => options.all || place === "inside")
      .map((range) => indented(`not affected: ${rangeText(range, item.version)}`, 20, options)),
    ...(listed.count > 0
      ? [
          indented(
            `${listed.count} versions listed, ${listed.here ? "this one among them" : "this one not among them"}`,
            20,
            options,
          ),
        ]
      : []),
    ...(platforms.length > 0
      ? [
          indented(
            `only on ${platforms.slice(0, 3).join(" or ")}${platforms.length > 3 ? " or others" : ""}`,
            20,
            options,
          ),
        ]
      : []),
    ...(undecidable.length > 0
      ? [
          indented(
            `cannot be decided: ${undecidable
              .slice(0, options.all ? 50 : 2)
              .map((text) => `"${text}"`)
              .join(", ")}`,
            20,
            options,
          ),
        ]
      : []),
    ...(fixedIn.length > 0 ? [indented(`first good version: ${fixedIn.slice(0, 4).join(", ")}`, 20, options)] : []),
  ];
}

const rangeText = ({ range, place }: PlacedRange, version: string | null): string =>
  `${range}: ${version ?? "no version"} ${PLACE[place]}`;

const PLACE: Record<PlacedRange["place"], string> = {
  before: "is earlier",
  inside: "is inside",
  after: "is later",
  "not-decided": "has no place in it",
};

function indented(text: string, by: number, { columns }: TextOptions): string {
  const pad = " ".repeat(by);
  return wrap(plain(text), Math.max(30, Math.min(columns, 120) - by))
    .split("\n")
    .map((line) => `${pad}${line}`)
    .join("\n");
}
