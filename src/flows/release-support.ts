import { compared, getRelease, type MarkedSupport, partSupport } from "../features/devices/devices.ts";
import type { ReleaseSupport } from "../features/devices/parts/schema.ts";
import type { Component, Sbom } from "../features/devices/sbom/schema.ts";
import { systemOf } from "../features/intel/match/identify.ts";
import type { IntelLookup } from "../features/intel/match/lookup.ts";
import { bucketOf } from "../features/intel/support/bucket.ts";
import { endingsOf, sumEndings } from "../features/intel/support/ends.ts";
import { type Support, type SupportBucket, UNSPOKEN } from "../features/intel/support/schema.ts";
import { type SupportGroup, summarise } from "../features/intel/support/summary.ts";
import { supportOf } from "../features/intel/support/support-of.ts";
import type { Scope, Trx } from "../platform/db.ts";

const dayOf = (now: Date) => now.toISOString().slice(0, 10);

/** Looks up how long each part of releases is supported as of today, and keeps it with the parts. The releases must be locked. */
export async function keepSupport(
  trx: Trx,
  scope: Scope,
  read: readonly { release: { id: string; sbomId: string }; sbom: Sbom }[],
  lookup: IntelLookup,
  now: Date,
): Promise<void> {
  if (read.length === 0) return;
  const ask = remembered(lookup, dayOf(now));
  const marks: MarkedSupport[] = [];
  const sums = read.map(({ release: { id: releaseId, sbomId }, sbom }) => {
    const system = systemOf(sbom.components);
    const groups = new Map<string, SupportGroup>();
    const endings: ReturnType<typeof endingsOf> = [];
    for (const [ordinal, component] of sbom.components.entries()) {
      const answer = ask(component, system);
      const { level, endsOn, ...support } = answer;
      if (level !== UNSPOKEN.level || support.because.said !== UNSPOKEN.because.said)
        marks.push({ sbomId, ordinal, level, endsOn, support });
      const { name, version } = component;
      addTo(groups, { level, endsOn, count: 1, name: version === null ? name : `${name} ${version}` });
      endings.push(...endingsOf(answer, lookup.support));
    }
    return { releaseId, summary: summarise([...groups.values()], dayOf(now)), endings: sumEndings(endings) };
  });
  await partSupport.mark(
    trx,
    scope,
    read.map(({ release }) => release.sbomId),
    marks,
  );
  await compared.keepSupport(
    trx,
    scope,
    dayOf(now),
    sums.map(({ releaseId, summary }) => ({ releaseId, summary })),
  );
  await compared.keepEndings(trx, scope, sums);
}

function addTo(groups: Map<string, SupportGroup>, part: SupportGroup): void {
  const key = `${part.level} ${part.endsOn}`;
  const known = groups.get(key);
  if (known === undefined) groups.set(key, part);
  else groups.set(key, { ...known, count: known.count + 1, name: part.name < known.name ? part.name : known.name });
}

const MOST_REMEMBERED = 50_000;
const answers = new WeakMap<IntelLookup, { day: string; known: Map<string, Support> }>();

/** The parts of a portfolio are much the same: each is looked up once for an index and a day. */
function remembered(lookup: IntelLookup, day: string) {
  const before = answers.get(lookup);
  const known = before?.day === day ? before.known : new Map<string, Support>();
  answers.set(lookup, { day, known });
  return (component: Component, system: string | null): Support => {
    const { type, group, name, version, purl, cpes } = component;
    const key = JSON.stringify([system, type, group, name, version, purl, cpes]);
    const answer = known.get(key) ?? supportOf(component, lookup, { asOf: new Date(`${day}T12:00:00Z`), system });
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(key, answer);
    return answer;
  };
}

/** What the pages show of a release's support as of today. */
export async function releaseSupport(trx: Trx, scope: Scope, releaseId: string, now: Date): Promise<ReleaseSupport> {
  const release = await getRelease(trx, scope, releaseId);
  const today = dayOf(now);
  const looked = release.sbomId !== null && release.supportedOn !== null;
  const groups = looked ? await partSupport.groupsOf(trx, scope, release.sbomId ?? "") : [];
  const ends = new Map<string, number>();
  for (const { endsOn, count } of groups) if (endsOn !== null) ends.set(endsOn, (ends.get(endsOn) ?? 0) + count);
  const undated = (buckets: readonly SupportBucket[]) =>
    groups
      .filter((group) => group.endsOn === null && buckets.includes(bucketOf(group, today)))
      .reduce((sum, { count }) => sum + count, 0);
  return {
    ...summarise(groups, today),
    lookedAtOn: looked ? release.supportedOn : null,
    today,
    ends: [...ends].sort(([a], [b]) => (a < b ? -1 : 1)).map(([on, count]) => ({ on, count })),
    open: undated(["longer", "limited"]),
    outUndated: undated(["ended", "unmaintained"]),
  };
}

/** The levels and last days of parts that are in this state today. */
export async function supportedAs(
  trx: Trx,
  scope: Scope,
  sbomId: string,
  bucket: SupportBucket,
  now: Date,
): Promise<Pick<Support, "level" | "endsOn">[]> {
  const groups = await partSupport.groupsOf(trx, scope, sbomId);
  return groups
    .filter((group) => bucketOf(group, dayOf(now)) === bucket)
    .map(({ level, endsOn }) => ({ level, endsOn }));
}
