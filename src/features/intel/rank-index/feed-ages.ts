import type { FeedAge } from "../schema.ts";

const DAY_MS = 86_400_000;

/** Newest date and record count per source. A date more than a day after `now` is a typing error of the source and not used. */
export class FeedAges {
  readonly #latestMs: number;
  readonly #ages = new Map<string, { newestMs: number | null; records: number }>();

  constructor(now: Date) {
    this.#latestMs = now.getTime() + DAY_MS;
  }

  add(source: string, at: string | null, records = 1): void {
    const age = this.#ages.get(source) ?? { newestMs: null, records: 0 };
    this.#ages.set(source, age);
    age.records += records;
    const ms = at === null ? Number.NaN : Date.parse(at);
    if (ms <= this.#latestMs && ms > (age.newestMs ?? 0)) age.newestMs = ms;
  }

  list(): FeedAge[] {
    return [...this.#ages]
      .map(([name, { newestMs, records }]) => ({
        name,
        newestAt: newestMs === null ? null : new Date(newestMs).toISOString(),
        records,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
