import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import type { Db, Scope, Trx } from "./db.ts";

/** Long work that one may do at a time for an organisation, over all processes. */
export interface Turn {
  /** Aborts when the work must end: it was asked to stop, or the turn was lost with its connection. */
  signal: AbortSignal;
  /**
   * In a transaction that changes what the next in turn relies on: holds the next one back until the transaction ends, and throws when
   * the turn is not ours any more.
   */
  fence(trx: Trx): Promise<void>;
}

/** First keys of advisory locks; the second is the organisation. */
const TURNS = 7_302;
const FENCES = 7_303;
const LOOK_EVERY_MS = 10_000;
const ASK_EVERY_MS = 1_000;

/**
 * Does `work` when nobody else does such work for the organisation, and waits until then. The turn is an advisory lock of a connection:
 * a process that is killed loses it at once. A worker that lost its connection, or whose job the queue gave to another, may still be at
 * work: its signal aborts, its fences throw, and the next in turn begins only after the transactions that were behind a fence.
 */
export async function inTurn<T>(
  db: Db,
  scope: Scope,
  { signal, onWait }: { signal: AbortSignal; onWait: () => unknown },
  work: (turn: Turn) => Promise<T>,
): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const outcome = await db.connection().execute(async (own) => {
      if (!(await lock(own, scope))) return null;
      await passFences(db, scope);
      return { done: await whileHeld(own, scope, signal, work) };
    });
    if (outcome !== null) return outcome.done;
    await onWait();
    await sleep(ASK_EVERY_MS, undefined, { signal });
  }
}

async function whileHeld<T>(own: Db, scope: Scope, signal: AbortSignal, work: (turn: Turn) => Promise<T>): Promise<T> {
  const lost = new AbortController();
  let asked: Promise<void> = Promise.resolve();
  const look = () => {
    asked = asked.then(async () => {
      if (lost.signal.aborted) return;
      await sql`select 1`.execute(own).catch((cause) => lost.abort(new Error("The turn was lost", { cause })));
    });
    return asked;
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  const fence = async (trx: Trx) => {
    await holdFence(trx, scope);
    await look();
    lost.signal.throwIfAborted();
  };
  try {
    return await work({ signal: AbortSignal.any([signal, lost.signal]), fence });
  } finally {
    clearInterval(timer);
    await asked;
    await unlock(own, scope).catch(() => {});
  }
}

/** Until the transaction ends no turn begins, and nobody is behind a fence. For short work that needs no turn. */
export const holdFence = (trx: Trx, { organizationId }: Scope) =>
  sql`select pg_advisory_xact_lock(${FENCES}, hashtext(${organizationId}))`.execute(trx);

const passFences = (db: Db, scope: Scope) => db.transaction().execute((trx) => holdFence(trx, scope));

async function lock(own: Db, { organizationId }: Scope): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_lock(${TURNS}, hashtext(${organizationId})) as mine`.execute(own);
  return rows[0]?.mine === true;
}

const unlock = (own: Db, { organizationId }: Scope) =>
  sql`select pg_advisory_unlock(${TURNS}, hashtext(${organizationId}))`.execute(own);
