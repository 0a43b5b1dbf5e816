import type { FeedItem } from "../../features/intel/read-document.ts";
import { plain } from "../run-action.ts";

const SHOWN = 5;
/** Kept for `--verbose`; a broken feed of a million lines must not fill the memory with complaints. */
const KEPT = 10_000;

/** Counts what reading told, and keeps what has to be named. */
export class BuildReport {
  readonly #records = new Map<string, number>();
  readonly #skipped = new Tally();
  readonly #problems = new Tally();
  readonly #addresses: ReadonlySet<string>;
  #notFetched: { path: string; reason: string } | null = null;

  /** Addresses that must give something: an index without one of them would be trusted as if it were whole. */
  constructor(addresses: Iterable<string>) {
    this.#addresses = new Set(addresses);
  }

  add(item: FeedItem): void {
    if (item.type === "record") this.#records.set(item.feed, (this.#records.get(item.feed) ?? 0) + 1);
    else if (item.type === "skipped") this.#skipped.add(item.reason, item.path);
    else {
      if (item.at === item.path && this.#addresses.has(item.path)) this.#notFetched ??= item;
      this.#problems.add(item.reason, item.at.startsWith(item.path) ? item.at : `${item.path} ${item.at}`);
    }
  }

  /** The first of the addresses that could not be fetched or used as a whole; null when each gave something. */
  get notFetched(): { path: string; reason: string } | null {
    return this.#notFetched;
  }

  firstReason(): string {
    const [reason] = [...this.#skipped.groups(), ...this.#problems.groups()];
    return reason === undefined
      ? "They hold no documents."
      : `${plain(reason.reason)} (${plain(reason.places[0] ?? "")}).`;
  }

  text(verbose: boolean): string {
    const read = [...this.#records].map(
      ([feed, count]) => `  ${feed.padEnd(14)} ${count.toLocaleString("en")} records`,
    );
    return [
      "Read:",
      ...read,
      ...this.#skipped.lines("Skipped, no feed", verbose),
      ...this.#problems.lines("Could not be used", verbose),
    ].join("\n");
  }
}

class Tally {
  readonly #groups = new Map<string, { reason: string; count: number; places: string[] }>();
  #count = 0;
  #kept = 0;

  /** Reasons that differ only in what they quote are one group. */
  add(reason: string, place: string): void {
    const kind = reason.replace(/"[^"]*"|\d+/g, "…");
    const group = this.#groups.get(kind) ?? { reason, count: 0, places: [] };
    this.#groups.set(kind, group);
    group.count++;
    this.#count++;
    if (this.#kept++ < KEPT) group.places.push(place);
  }

  groups() {
    return [...this.#groups.values()].sort((a, b) => b.count - a.count);
  }

  lines(title: string, verbose: boolean): string[] {
    if (this.#count === 0) return [];
    const groups = this.groups();
    const shown = verbose ? groups : groups.slice(0, SHOWN);
    const rest = groups.length - shown.length;
    return [
      `${title}: ${this.#count.toLocaleString("en")}`,
      ...shown.flatMap(({ reason, count, places }) => [
        `  ${count.toLocaleString("en")} × ${plain(reason)}`,
        ...(verbose ? places : places.slice(0, 1)).map((place) => `      ${plain(place)}`),
      ]),
      ...(rest > 0 ? [`  and ${rest} other reasons (--verbose names all)`] : []),
    ];
  }
}
