/** A finding the organisation has, as far as reconciling needs it. */
export interface KnownFinding {
  id: string;
  identity: string;
  componentVersion: string | null;
  advisory: string;
  aliases: readonly string[];
  factsHash: string;
  gone: boolean;
}

/** A finding an assessment yields now. */
export interface FoundFinding {
  identity: string;
  componentVersion: string | null;
  advisory: string;
  aliases: readonly string[];
  factsHash: string;
}

export interface Reconciled<F> {
  added: F[];
  /** Facts, version or the advisory's own name differ from what is kept. */
  changed: { id: string; found: F; versionChanged: boolean }[];
  /** Gone before, there again: history and decision are kept. */
  returned: { id: string; found: F; versionChanged: boolean }[];
  gone: string[];
  unchanged: number;
}

/**
 * Holds a new assessment of one release against what is known. A finding follows its component through versions, and its vulnerability
 * through renames (any shared alias): a decision once made is never lost. Assessing the same twice changes nothing.
 */
export function reconcile<F extends FoundFinding>(known: readonly KnownFinding[], found: readonly F[]): Reconciled<F> {
  const byIdentity = Map.groupBy(known, (k) => k.identity);
  const left = new Set(known);
  const pairs = new Map<F, KnownFinding>();
  const wanted = onceEach(found);

  for (const fits of PASSES) {
    for (const f of wanted) {
      if (pairs.has(f)) continue;
      const match = byIdentity.get(f.identity)?.find((k) => left.has(k) && fits(k, f));
      if (match === undefined) continue;
      left.delete(match);
      pairs.set(f, match);
    }
  }

  const result: Reconciled<F> = { added: [], changed: [], returned: [], gone: [], unchanged: 0 };
  for (const f of wanted) {
    const k = pairs.get(f);
    if (k === undefined) result.added.push(f);
    else if (k.gone)
      result.returned.push({ id: k.id, found: f, versionChanged: k.componentVersion !== f.componentVersion });
    else if (isSame(k, f)) result.unchanged++;
    else result.changed.push({ id: k.id, found: f, versionChanged: k.componentVersion !== f.componentVersion });
  }
  result.gone = [...left].filter((k) => !k.gone).map((k) => k.id);
  return result;
}

/** Nearest first: the same row, then a renamed advisory, then another version of the component, then one that had gone. */
const PASSES: ((k: KnownFinding, f: FoundFinding) => boolean)[] = [
  (k, f) => !k.gone && k.componentVersion === f.componentVersion && k.advisory === f.advisory,
  (k, f) => !k.gone && k.componentVersion === f.componentVersion && isSameVulnerability(k, f),
  (k, f) => !k.gone && isSameVulnerability(k, f),
  (k, f) => k.componentVersion === f.componentVersion && isSameVulnerability(k, f),
  isSameVulnerability,
];

/** Under one name, or with any alias in common. */
export function isSameVulnerability(
  k: Pick<KnownFinding, "advisory" | "aliases">,
  f: Pick<FoundFinding, "advisory" | "aliases">,
): boolean {
  if (k.advisory === f.advisory) return true;
  const names = new Set([k.advisory, ...k.aliases]);
  return names.has(f.advisory) || f.aliases.some((alias) => names.has(alias));
}

const isSame = (k: KnownFinding, f: FoundFinding): boolean =>
  k.factsHash === f.factsHash && k.componentVersion === f.componentVersion && k.advisory === f.advisory;

function onceEach<F extends FoundFinding>(found: readonly F[]): F[] {
  const first = new Map<string, F>();
  for (const f of found) {
    const key = JSON.stringify([f.identity, f.componentVersion, f.advisory]);
    if (!first.has(key)) first.set(key, f);
  }
  return [...first.values()];
}
