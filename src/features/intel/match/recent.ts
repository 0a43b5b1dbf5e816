/**
 * What was worked out for a text, kept while it is asked for: at most twice `most` values, the longest unasked dropped first.
 * Two halves instead of a list in order of use: what is still wanted moves to the young half, the old half is dropped whole.
 */
export class Recent<T> {
  #young = new Map<string, T>();
  #old = new Map<string, T>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** The value of this text; worked out when it is not there. `value` must give the same for the same text. */
  get(text: string, value: (text: string) => T): T {
    const young = this.#young.get(text);
    if (young !== undefined) return young;
    const kept = this.#old.get(text) ?? value(text);
    this.set(text, kept);
    return kept;
  }

  peek(text: string): T | undefined {
    const young = this.#young.get(text);
    if (young !== undefined) return young;
    const old = this.#old.get(text);
    if (old !== undefined) this.set(text, old);
    return old;
  }

  set(text: string, value: T): void {
    if (this.#young.size >= this.#most) this.drop();
    this.#young.set(text, value);
  }

  /** Makes room: what was not asked for since the last time is gone. */
  drop(): void {
    this.#old = this.#young;
    this.#young = new Map();
  }
}
