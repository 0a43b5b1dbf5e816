import type { SupportCycle } from "../schema.ts";

export type CycleChoice = { cycle: SupportCycle } | { gap: string };

/** What may follow a cycle's name in a version of it: nothing, a separator, or a letter release (`k`, `rc1`, `p2`). */
const REST = /^($|[.\-+~_: ]|[a-z]{1,5}\d{0,3}($|[.\-+~_: ]))/;
const COMMIT = /^(?=.*[a-f])(?=.*\d)[0-9a-f]{12,64}$/;

/**
 * The cycle a version belongs to: the longest cycle name the version begins with, at the end of a number. Epochs and a leading
 * `v` are left out; distribution revisions follow a separator. Never the nearest: what fits none is a gap with its reason.
 */
export function chooseCycle(version: string, cycles: readonly SupportCycle[]): CycleChoice {
  const text = plainVersion(version);
  if (COMMIT.test(text)) return { gap: `${version} is a commit, and belongs to no release cycle we can name` };
  let best: SupportCycle | null = null;
  for (const cycle of cycles) if (belongs(text, cycle) && cycle.cycle.length > (best?.cycle.length ?? 0)) best = cycle;
  if (best !== null) return { cycle: best };
  const longer = cycles.filter(
    ({ cycle }) => plainVersion(cycle).startsWith(`${text}.`) || cycle.startsWith(`${text}-`),
  );
  const [first, last] = [longer.at(-1)?.cycle, longer[0]?.cycle];
  if (first !== undefined && last !== undefined)
    return {
      gap: `${version} does not say which cycle it is of: ${first === last ? `it may be ${first}` : `${first} to ${last} begin so`}`,
    };
  return { gap: `${version} belongs to none of its ${cycles.length === 1 ? "one cycle" : `${cycles.length} cycles`}` };
}

function belongs(text: string, { cycle, codename }: SupportCycle): boolean {
  const name = plainVersion(cycle);
  if (text.startsWith(name) && REST.test(text.slice(name.length))) return true;
  return codename !== null && /^[a-z]+$/.test(text) && codename.toLowerCase().split(/\s/)[0] === text;
}

const plainVersion = (version: string): string =>
  version
    .trim()
    .toLowerCase()
    .replace(/^\d+:(?=\d)/, "")
    .replace(/^v(?=\d)/, "");
