import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { Fault } from "../../src/lib/fault.ts";
import { inScope, type Scope } from "../../src/platform/db.ts";
import { addJob } from "../../src/platform/jobs/add-job.ts";
import { defineJob } from "../../src/platform/jobs/job.ts";
import { startWorker, type Worker } from "../../src/platform/jobs/worker.ts";
import { SILENT } from "../../src/platform/log.ts";
import { asSuperuser, type FreshDatabase, freshDatabase, newOrganization } from "./postgres.ts";

let fresh: FreshDatabase;
let worker: Worker;
const seen: { input: unknown; scope: Scope }[] = [];
let failures = 0;

const note = defineJob("note.take", z.object({ text: z.string() }), async (input, { scope, progress }) => {
  await progress(1, 1, "one of one");
  seen.push({ input, scope });
  return { length: input.text.length };
});
const refuse = defineJob("note.refuse", z.object({}), () => {
  throw new Fault("bad_input", "There is nothing to note");
});
const stumble = defineJob("note.stumble", z.object({}), async () => {
  if (failures++ === 0) throw new Error("secret detail");
});

let overtaken = () => {};
let runsOfOvertaken = 0;
const overtake = defineJob("note.overtake", z.object({}), async () => {
  if (runsOfOvertaken++ > 0) return;
  await new Promise<void>((resolve) => {
    overtaken = resolve;
  });
  throw new Error("deadlock detected");
});

beforeAll(async () => {
  fresh = await freshDatabase();
  worker = await startWorker({
    ...fresh,
    log: SILENT,
    jobs: [note, refuse, stumble, overtake],
    schedules: [],
    concurrency: 2,
  });
});
afterAll(async () => {
  await worker.stop();
  await fresh.close();
});

const runs = (scope: Scope) =>
  inScope(fresh.db, scope, (trx) => trx.selectFrom("jobRun").selectAll().orderBy("createdAt").execute());

async function settled(scope: Scope, runId: string, states: string[] = ["done", "failed"]) {
  for (let i = 0; i < 500; i++) {
    const run = (await runs(scope)).find(({ id }) => id === runId);
    if (run !== undefined && states.includes(run.state)) return run;
    await wait(20);
  }
  throw new Error("the job did not end");
}

test("a job runs for the organisation and the person that asked, and says how it ended", async () => {
  const scope = await newOrganization(fresh.pool);
  const runId = await inScope(fresh.db, scope, (trx) => addJob(trx, scope, note, { text: "four" }));
  expect(await settled(scope, runId)).toMatchObject({
    state: "done",
    done: 1,
    total: 1,
    message: "one of one",
    result: { length: 4 },
  });
  expect(seen.find((one) => one.scope.organizationId === scope.organizationId)).toEqual({
    input: { text: "four" },
    scope,
  });
  expect(await runs(await newOrganization(fresh.pool))).toEqual([]);
});

test("a job of a transaction that rolls back is never run", async () => {
  const scope = await newOrganization(fresh.pool);
  const failing = inScope(fresh.db, scope, async (trx) => {
    await addJob(trx, scope, note, { text: "never" });
    throw new Error("rolled back");
  });
  await expect(failing).rejects.toThrow("rolled back");
  const later = await inScope(fresh.db, scope, (trx) => addJob(trx, scope, note, { text: "later" }));
  await settled(scope, later);
  expect(seen.map(({ input }) => input)).not.toContainEqual({ text: "never" });
  expect(await runs(scope)).toHaveLength(1);
});

test("a refusal ends the run with its sentence, at once", async () => {
  const scope = await newOrganization(fresh.pool);
  const runId = await inScope(fresh.db, scope, (trx) => addJob(trx, scope, refuse, {}));
  expect(await settled(scope, runId)).toMatchObject({ state: "failed", message: "There is nothing to note" });
});

test("a bug is tried again, and its message is kept from people", async () => {
  const scope = await newOrganization(fresh.pool);
  const runId = await inScope(fresh.db, scope, (trx) => addJob(trx, scope, stumble, {}));
  const first = await settled(scope, runId, ["waiting", "done"]);
  expect(first.message).not.toContain("secret");
  expect(await settled(scope, runId)).toMatchObject({ state: "done" });
  expect(failures).toBe(2);
});

test("ten changes with one key need one run", async () => {
  const scope = await newOrganization(fresh.pool);
  const runAt = new Date(Date.now() + 300);
  for (let i = 0; i < 10; i++)
    await inScope(fresh.db, scope, (trx) => addJob(trx, scope, note, { text: `n${i}` }, { key: "same", runAt }));
  const [run] = await runs(scope);
  expect(await runs(scope)).toHaveLength(1);
  await settled(scope, run?.id ?? "");
  expect(seen.filter((one) => one.scope.organizationId === scope.organizationId)).toEqual([
    { input: { text: "n9" }, scope },
  ]);
});

test("two that queue one key at the same moment leave one run", async () => {
  const scope = await newOrganization(fresh.pool);
  const runAt = new Date(Date.now() + 3_600_000);
  let second = Promise.resolve("");
  await inScope(fresh.db, scope, async (trx) => {
    await addJob(trx, scope, note, { text: "first" }, { key: "at once", runAt });
    second = inScope(fresh.db, scope, (other) =>
      addJob(other, scope, note, { text: "second" }, { key: "at once", runAt }),
    );
    await wait(300);
  });
  const id = await second;
  expect((await runs(scope)).map((run) => run.id)).toEqual([id]);
});

test("a job is queued although a worker takes the one of its key at the same moment", async () => {
  const scope = await newOrganization(fresh.pool);
  const runAt = new Date(Date.now() + 3_600_000);
  const add = (text: string) =>
    inScope(fresh.db, scope, (trx) => addJob(trx, scope, note, { text }, { key: "taken", runAt }));
  const queued = "graphile_worker._private_jobs where payload->>'runId' = $1";
  const first = await add("first");
  const taker = await fresh.pool.connect();
  try {
    await taker.query("begin");
    await taker.query(
      `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'a worker' where id = (select id from ${queued})`,
      [first],
    );
    const adding = add("second");
    await wait(300);
    await taker.query("commit");
    const { rows } = await taker.query(`select key is not null as keyed from ${queued}`, [await adding]);
    expect(rows).toEqual([{ keyed: true }]);
  } finally {
    taker.release();
  }
});

test("a run that fails while a newer one of its key waits does not stand as waiting for ever", async () => {
  const scope = await newOrganization(fresh.pool);
  const add = () => inScope(fresh.db, scope, (trx) => addJob(trx, scope, overtake, {}, { key: "same" }));
  const first = await add();
  await settled(scope, first, ["running"]);
  const second = await add();
  overtaken();
  expect(await settled(scope, second)).toMatchObject({ state: "done" });
  expect((await runs(scope)).map(({ id }) => id)).toEqual([second]);
});

test("a job locked by a process that is gone is run by the next one", async () => {
  const scope = await newOrganization(fresh.pool);
  const runAt = new Date(Date.now() + 3_600_000);
  const runId = await inScope(fresh.db, scope, (trx) => addJob(trx, scope, note, { text: "orphan" }, { runAt }));
  await asSuperuser(
    (client) =>
      client.query(
        "update graphile_worker._private_jobs set locked_by = 'worker-of-the-dead', locked_at = now(), run_at = now()",
      ),
    String(fresh.connection.database),
  );
  const next = await startWorker({ ...fresh, log: SILENT, jobs: [note], schedules: [], concurrency: 1 });
  expect(await settled(scope, runId)).toMatchObject({ state: "done" });
  await next.stop();
});

test("without an organisation nothing can be queued", async () => {
  await expect(
    fresh.pool.query("select enqueue_job('note.take', gen_random_uuid(), '{}', '{}', null, null, 1)"),
  ).rejects.toThrow(/needs an organisation/);
});
