import { takeReleases } from "../features/devices/devices.ts";
import { statements } from "../features/intel/intel.ts";
import type { Trust } from "../features/intel/statements/schema.ts";
import { stateSaid } from "../features/intel/statements/weigh.ts";
import { Fault } from "../lib/fault.ts";
import type { Scope, Trx } from "../platform/db.ts";
import { record } from "../platform/ledger/ledger.ts";
import { decideFindings } from "./decide-findings.ts";
import { DEFAULT_SETS, weighVex } from "./weigh-vex.ts";

/**
 * A person says how far an author is trusted: remembered, recorded with each statement, and every release the author speaks of is
 * weighed again. Fault `bad_input` for documents that name nobody, `conflict` when somebody decided meanwhile.
 */
export async function trustVexSource(
  trx: Trx,
  scope: Scope,
  id: string,
  { trust, revision }: { trust: Trust; revision: number },
  now: Date,
): Promise<void> {
  const before = await statements.lockSource(trx, scope, id);
  if (before === undefined) throw new Fault("not_found", `There is no source of statements ${id}`, { at: "id" });
  if (before.revision !== revision) throw stale(before.revision);
  if (before.key === "" && trust !== "unknown")
    throw new Fault("bad_input", "These documents name no author, so nobody can be trusted for them", {
      at: "trust",
      fix: "Upload them again and say whose they are",
    });
  await statements.writeTrust(trx, scope, id, trust, revision + 1, now);
  await weighReleases(trx, scope, id, now);
  await record(trx, scope, {
    action: "vex-source.trust-decided",
    subject: { type: "vex-source", id },
    before: { name: before.name, trust: before.trust },
    after: { name: before.name, trust },
  });
}

/** The organisation says whose statements set a finding's state. Fault `conflict`. */
export async function changeVexRule(
  trx: Trx,
  scope: Scope,
  { sets, revision }: { sets: readonly Trust[]; revision: number },
  now: Date,
): Promise<void> {
  const before = await statements.ruleOf(trx, scope);
  const known = before?.revision ?? 0;
  if (known !== revision) throw stale(known);
  if (sets.includes("unknown"))
    throw new Fault("bad_input", "A source nobody decided on cannot set states", {
      at: "sets",
      fix: "Leave unknown out",
    });
  const wanted = [...new Set(sets)].sort();
  await statements.writeRule(trx, scope, wanted, known + 1);
  await weighReleases(trx, scope, null, now);
  await record(trx, scope, {
    action: "vex.rule-changed",
    subject: { type: "vex-rule", id: scope.organizationId },
    before: { sets: before?.sets ?? DEFAULT_SETS },
    after: { sets: wanted },
  });
}

const stale = (revision: number) =>
  new Fault("conflict", "Someone changed this since you opened it", {
    at: "revision",
    fix: `Look at it again; it is at revision ${revision}`,
  });

async function weighReleases(trx: Trx, scope: Scope, sourceId: string | null, now: Date): Promise<void> {
  const releases = await statements.releasesSpokenOf(trx, scope, sourceId);
  if (releases.length > 0) await takeReleases(trx, scope, releases);
  for (const releaseId of releases) await weighVex(trx, scope, releaseId, now);
}

/**
 * A person follows a statement (the finding is decided as it says, by that person) or turns it down, which is remembered for this
 * statement. Fault `conflict` when somebody changed the finding meanwhile. Returns the change that undo takes back.
 */
export async function answerVex(
  trx: Trx,
  scope: Scope,
  {
    findingId,
    statementId,
    revision,
    take,
  }: { findingId: string; statementId: string; revision: number; take: boolean },
  now: Date,
): Promise<{ changeId: string | null }> {
  const releaseId = await statements.releaseSpokenOf(trx, scope, { findingId, statementId });
  if (releaseId === undefined)
    throw new Fault("not_found", "No such statement speaks of this finding", { at: "statementId" });
  await takeReleases(trx, scope, [releaseId]);
  await statements.answerSpoken(trx, scope, { findingId, statementId }, take ? "taken" : "turned-down", now);
  const [kept] = await statements.statementsById(trx, scope, [statementId]);
  const said = kept === undefined ? null : stateSaid(kept.statement);
  if (take && (said === null || kept === undefined))
    throw new Fault("bad_input", "The statement says nothing a finding could become", { at: "statementId" });
  if (!take || said === null || kept === undefined) {
    await weighVex(trx, scope, releaseId, now);
    await record(trx, scope, {
      action: "vex.turned-down",
      subject: { type: "finding", id: findingId },
      before: null,
      after: { statementId },
    });
    return { changeId: null };
  }
  const author = kept.statement.author ?? "an unnamed author";
  const note = `${said.note}${said.note === "" ? "" : " "}(VEX of ${author}, ${kept.statement.source.document})`.slice(
    0,
    4_000,
  );
  const receipt = await decideFindings(trx, scope, [{ id: findingId, revision }], { ...said, note }, now);
  const [conflict] = receipt.conflicts;
  if (conflict !== undefined)
    throw new Fault("conflict", `It was ${conflict.state} by ${conflict.decidedBy ?? "an assessment"} meanwhile`, {
      at: "revision",
      fix: "Look at it again, then decide",
    });
  return { changeId: receipt.changeId };
}
