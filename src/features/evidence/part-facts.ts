import type { Draft } from "./draft.ts";

/** What licences and hashes an inventory states. */
export interface PartFacts {
  add(part: { licenses: readonly string[]; hashes: readonly string[] }): void;
  tell(draft: Draft): void;
}

const MOST_LICENCES = 12;
const NOTHING_SAID = /^(NOASSERTION|NONE|)$/i;

export function countParts(): PartFacts {
  const licences = new Map<string, number>();
  const algorithms = new Map<string, number>();
  const seen = { parts: 0, licensed: 0, hashed: 0 };
  const count = (map: Map<string, number>, key: string) => {
    if (map.has(key) || map.size < 10_000) map.set(key, (map.get(key) ?? 0) + 1);
  };
  const listed = (map: ReadonlyMap<string, number>) => {
    const sorted = [...map].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
    const rest = sorted.length - MOST_LICENCES;
    const names = sorted.slice(0, MOST_LICENCES).map(([name, n]) => `${name} (${n})`);
    return [...names, ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
  };
  return {
    add({ licenses, hashes }) {
      seen.parts++;
      const said = licenses.filter((one) => !NOTHING_SAID.test(one.trim()));
      if (said.length > 0) seen.licensed++;
      if (hashes.length > 0) seen.hashed++;
      for (const one of new Set(said)) count(licences, one.slice(0, 200));
      for (const one of new Set(hashes)) count(algorithms, one.slice(0, 40));
    },
    tell(draft) {
      draft.fact("Parts", seen.parts);
      draft.fact("Parts with a licence", seen.licensed);
      draft.fact("Parts with a hash", seen.hashed);
      if (licences.size > 0) draft.fact("Licences", listed(licences));
      if (algorithms.size > 0) draft.fact("Hash algorithms", listed(algorithms));
    },
  };
}
