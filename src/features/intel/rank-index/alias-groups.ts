const isCve = (id: string) => /^CVE-\d{4}-\d{4,}$/.test(id);

/** One record's names for what it is about. */
export interface NamedRecord {
  id: string;
  aliases: readonly string[];
}

export interface AliasGroups {
  /** The vulnerabilities each record is about, by record number: one, or several when it names several CVEs. */
  groupsOf: number[][];
  /** The identifiers of each vulnerability; a CVE first, then in order of name. */
  ids: string[][];
  /** Joins that were refused because they would have made two CVEs one vulnerability. */
  refused: number;
}

/**
 * Which records speak of one vulnerability: those that share an id or alias (a GHSA, a PYSEC and a CVE are one).
 * A vulnerability holds at most one CVE. A record that names several CVEs (a distribution's or CISA's advisory) is about
 * each of them, and its own id joins none.
 */
export function groupAliases(records: readonly NamedRecord[]): AliasGroups {
  const collective = new Set<string>();
  for (const record of records) if (cvesOf(record).size > 1) collective.add(record.id);
  const sets = new DisjointIds();
  let refused = 0;
  for (const { id, aliases } of records) {
    if (collective.has(id)) continue;
    sets.number(id);
    for (const alias of aliases) if (!collective.has(alias) && !sets.join(id, alias)) refused++;
  }
  const groups = new Map<number, number>();
  const ids: string[][] = [];
  const groupOf = (id: string) => {
    const root = sets.root(id);
    const known = groups.get(root);
    if (known !== undefined) return known;
    groups.set(root, ids.length);
    ids.push([]);
    return ids.length - 1;
  };
  const groupsOf = records.map((record) =>
    collective.has(record.id) ? [...cvesOf(record)].map(groupOf) : [groupOf(record.id)],
  );
  for (const id of sets.all()) {
    const group = groups.get(sets.root(id));
    if (group !== undefined) ids[group]?.push(id);
  }
  for (const names of ids) names.sort((a, b) => Number(isCve(b)) - Number(isCve(a)) || (a < b ? -1 : a > b ? 1 : 0));
  return { groupsOf, ids, refused };
}

const cvesOf = (record: NamedRecord) => new Set([record.id, ...record.aliases].filter(isCve));

class DisjointIds {
  readonly #numbers = new Map<string, number>();
  readonly #parents: number[] = [];
  /** The CVE a set holds, by its root. */
  readonly #cves: (string | undefined)[] = [];

  number(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const number = this.#parents.length;
    this.#numbers.set(id, number);
    this.#parents.push(number);
    this.#cves.push(isCve(id) ? id : undefined);
    return number;
  }

  root(id: string): number {
    let at = this.number(id);
    for (let parent = this.#parents[at] ?? at; parent !== at; parent = this.#parents[at] ?? at) {
      this.#parents[at] = this.#parents[parent] ?? parent;
      at = parent;
    }
    return at;
  }

  /** False when both sets hold a CVE and these differ. */
  join(a: string, b: string): boolean {
    const [left, right] = [this.root(a), this.root(b)];
    if (left === right) return true;
    const [one, other] = [this.#cves[left], this.#cves[right]];
    if (one !== undefined && other !== undefined) return false;
    this.#parents[right] = left;
    this.#cves[left] = one ?? other;
    return true;
  }

  all(): IterableIterator<string> {
    return this.#numbers.keys();
  }
}
