import { currentIndex, lists } from "../features/intel/intel.ts";
import type { Role } from "../features/people/schema.ts";
import { type NewFindings, ofFailedSync, ofNewFindings, ofSuspects } from "../features/work/notices/tellings.ts";
import type { Fault } from "../lib/fault.ts";
import type { Scope, Trx } from "../platform/db.ts";
import { tell } from "./tell.ts";

const TRIAGE: readonly Role[] = ["product-security", "hospital-operator"];
const RUN_SOURCES: readonly Role[] = ["administrator", "product-security"];
const MOST = 1_000;
const BOUND = 10_000;

/**
 * Tells those who triage of what a run found that is exploited or critical: one notice, however many findings and releases. Of more
 * than a thousand of a kind the places are those of the worst thousand.
 */
export async function tellNewFindings(
  trx: Trx,
  scope: Scope,
  { run, since, releaseId }: { run: string; since: Date; releaseId?: string },
  now: Date,
): Promise<void> {
  const fresh = { foundSince: since.toISOString(), state: ["new"], releaseId };
  const page = { sort: "harm", after: null, limit: MOST } as const;
  const exploited = await lists.pageOfFindings(trx, scope, { ...fresh, exploited: true }, page);
  const critical = await lists.pageOfFindings(trx, scope, { ...fresh, exploited: false, rating: ["critical"] }, page);
  const places = new Map<string, NewFindings["places"][number]>();
  for (const finding of [...exploited, ...critical]) {
    const { deviceId, releaseId: id, deviceName: device, releaseVersion: release } = finding;
    const count = (places.get(id)?.count ?? 0) + 1;
    places.set(id, { device, deviceId, release, releaseId: id, count });
  }
  if (places.size === 0) return;
  const found = { run, exploited: exploited.length, critical: critical.length, places: [...places.values()] };
  await tell(trx, scope, ofNewFindings(found), { roles: TRIAGE }, now);
}

/** Tells those who decide of decisions that no longer fit the part that is there; `before`: how many did not before. */
export async function tellSuspects(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  before: number,
  now: Date,
): Promise<void> {
  const count = await countSuspects(trx, scope, releaseId);
  if (count <= before) return;
  const [one] = await lists.pageOfFindings(
    trx,
    scope,
    { releaseId, suspect: true },
    { sort: "harm", after: null, limit: 1 },
  );
  if (one === undefined) return;
  const release = { id: releaseId, deviceId: one.deviceId, device: one.deviceName, version: one.releaseVersion };
  await tell(trx, scope, ofSuspects(release, count, now.toISOString()), { roles: TRIAGE }, now);
}

export const countSuspects = (trx: Trx, scope: Scope, releaseId: string): Promise<number> =>
  lists.countFindings(trx, scope, { releaseId, suspect: true }, BOUND);

/** Tells those who look after the sources that none could be read: once until one is read again. */
export async function tellFailedSync(trx: Trx, scope: Scope, fault: Fault, now: Date): Promise<void> {
  const known = await currentIndex(trx, scope);
  await tell(trx, scope, ofFailedSync(known?.builtAt ?? null, fault.message), { roles: RUN_SOURCES }, now);
}
