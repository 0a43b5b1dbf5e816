import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inScope, inSnapshot, type Scope } from "../../src/platform/db.ts";
import type { Job } from "../../src/platform/jobs/job.ts";
import { startWorker } from "../../src/platform/jobs/worker.ts";
import { lastCheckpoint, signHead } from "../../src/platform/ledger/checkpoint.ts";
import { CHECKPOINT_EVERY_ENTRIES, checkpointJob } from "../../src/platform/ledger/checkpoint-job.ts";
import { exportLedger } from "../../src/platform/ledger/export.ts";
import { readSigningKeys, type SigningKeys } from "../../src/platform/ledger/keys.ts";
import { record, recordAll } from "../../src/platform/ledger/ledger.ts";
import { ledgerVerifier, type Verdict } from "../../src/platform/ledger/verify.ts";
import { linesOf } from "../../src/platform/ledger/verify-file.ts";
import { SILENT } from "../../src/platform/log.ts";
import { asSuperuser, type FreshDatabase, freshDatabase, newOrganization } from "./postgres.ts";

let fresh: FreshDatabase;
let keys: SigningKeys;
const folder = mkdtempSync(join(tmpdir(), "cordon-keys-"));
beforeAll(async () => {
  fresh = await freshDatabase(20);
  keys = readSigningKeys(folder);
});
afterAll(async () => {
  await fresh.close();
  rmSync(folder, { recursive: true });
});

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const change = (id: number | string) => ({
  action: "device.changed",
  subject: { type: "device", id: String(id) },
  before: null,
  after: { name: `pump ${id} – Größe \u{fffd}`, at: new Date(0) },
});

async function exported(scope: Scope): Promise<string> {
  let text = "";
  await inSnapshot(fresh.db, scope, (trx) => exportLedger(trx, scope, keys, (line) => (text += `${line}\n`)));
  return text;
}

async function verified(bytes: Buffer, trusted: string[] | null = null): Promise<Verdict> {
  const verifier = ledgerVerifier(trusted);
  for await (const line of linesOf(toChunks(bytes))) if (!verifier.line(line)) break;
  return verifier.end();
}

async function* toChunks(bytes: Buffer) {
  for (let i = 0; i < bytes.length; i += 1000) yield bytes.subarray(i, i + 1000);
}

/** Entries 1 to 12, checkpoints after 4, 8 and 12. Lines: header, then 15 records, then the footer. */
async function sample(): Promise<string> {
  const scope = await newOrganization(fresh.pool);
  for (let i = 1; i <= 12; i++) {
    await inScope(fresh.db, scope, (trx) => record(trx, scope, change(i)));
    if (i % 4 === 0) await inScope(fresh.db, scope, (trx) => signHead(trx, scope, keys));
  }
  return exported(scope);
}

describe("an exported ledger (45 CFR 164.312(c), 21 CFR 11.10(e): records are protected and changes show)", () => {
  test("verifies, with its own keys and with the keys pinned", async () => {
    const bytes = Buffer.from(await sample());
    expect(await verified(bytes)).toMatchObject({ bad: null, entries: 12, checkpoints: 3, lastSigned: 12 });
    expect((await verified(bytes, [keys.public.keyId])).bad).toBeNull();
    expect((await verified(bytes, ["other"])).bad).toMatchObject({ line: 1, record: "header" });
  });

  test("names the line of any changed byte", async () => {
    const bytes = Buffer.from(await sample());
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        const line = bytes.subarray(0, at).filter((byte) => byte === 10).length + 1;
        expect((await verified(changed)).bad?.line).toBe(line);
      }),
      { numRuns: 500 },
    );
  });

  test("does not take a signature written in other letters for the same bytes", async () => {
    const text = await sample();
    const at = text.indexOf('=="', text.lastIndexOf('"checkpoint"'));
    const letter = text[at - 1] ?? "";
    const other = ALPHABET[ALPHABET.indexOf(letter) ^ 1] ?? "";
    const changed = `${text.slice(0, at - 1)}${other}${text.slice(at)}`;
    expect(Buffer.from(letter, "base64")).toEqual(Buffer.from(other, "base64"));
    expect((await verified(Buffer.from(changed))).bad).toMatchObject({
      record: "checkpoint",
      reason: "its Ed25519 signature does not hold",
    });
  });

  test("names the first record after any removal, repetition or exchange of lines", async () => {
    const lines = (await sample()).trimEnd().split("\n");
    const place = fc.nat(lines.length - 1);
    await fc.assert(
      fc.asyncProperty(place, place, fc.constantFrom("remove", "repeat", "exchange"), async (a, b, how) => {
        const [i, j] = [Math.min(a, b), Math.max(a, b)];
        const changed =
          how === "remove"
            ? lines.toSpliced(i, 1)
            : how === "repeat"
              ? lines.toSpliced(j, 0, lines[i] ?? "")
              : lines.toSpliced(i, 1, lines[j] ?? "").toSpliced(j, 1, lines[i] ?? "");
        if (changed.join() === lines.join()) return;
        const { bad } = await verified(Buffer.from(`${changed.join("\n")}\n`));
        expect(bad).not.toBeNull();
        // The first line that is not the one written there, or the last line when only the end is gone. A checkpoint that is not
        // where it was may show later, and is then named itself.
        const found = changed.findIndex((line, k) => line !== lines[k]);
        const first = found === -1 ? changed.length - 1 : found;
        const checkpoint = /^\{"checkpoint".*"sequence":(\d+)/.exec(lines[first] ?? "");
        if (checkpoint && bad?.line !== first + 1)
          expect(bad).toMatchObject({ record: "checkpoint", sequence: Number(checkpoint[1]) });
        else expect(bad?.line).toBe(first + 1);
      }),
      { numRuns: 300 },
    );
  });

  test("names the place where it was cut off, at any byte", async () => {
    const bytes = Buffer.from(await sample());
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        const { bad, entries } = await verified(bytes.subarray(0, length));
        expect(bad).not.toBeNull();
        expect(entries).toBe(
          bytes
            .subarray(0, length)
            .toString()
            .match(/^\{"entry.*\n/gm)?.length ?? 0,
        );
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    [
      "entry 5",
      (lines: string[]) => lines.toSpliced(6, 1),
      { sequence: 5, record: "entry", reason: /entry 5 is missing/ },
    ],
    [
      "the checkpoint after 4",
      (lines: string[]) => lines.toSpliced(5, 1),
      { sequence: 4, record: "checkpoint", reason: /after entry 4 is missing/ },
    ],
    [
      "the footer",
      (lines: string[]) => lines.slice(0, -1),
      { record: "footer", reason: /ends after entry 12, without a footer/ },
    ],
    [
      "the last entry and its checkpoint",
      (lines: string[]) => lines.toSpliced(-3, 2),
      { sequence: 12, reason: /entry 12 is missing/ },
    ],
  ])("says what is missing: %s", async (_, remove, expected) => {
    const lines = (await sample()).trimEnd().split("\n");
    const { bad } = await verified(Buffer.from(`${remove(lines).join("\n")}\n`));
    expect(bad).toMatchObject({ ...expected, reason: expect.stringMatching(expected.reason) });
  });

  test("shows a rewritten chain, hashes and all, at the checkpoint that signed the old one", async () => {
    const scope = await newOrganization(fresh.pool);
    for (const id of ["a", "b", "c"]) await inScope(fresh.db, scope, (trx) => record(trx, scope, change(id)));
    await inScope(fresh.db, scope, (trx) => signHead(trx, scope, keys));
    const other = await newOrganization(fresh.pool);
    // Somebody with the database in hand drops the chain and records another story for the same organisation.
    await asSuperuser(async (client) => {
      await client.query("delete from ledger_entry where organization_id = $1", [scope.organizationId]);
      await client.query("delete from ledger_head where organization_id = $1", [scope.organizationId]);
    }, String(fresh.connection.database));
    for (const id of ["a", "x", "c"]) await inScope(fresh.db, scope, (trx) => record(trx, scope, change(id)));
    expect((await verified(Buffer.from(await exported(scope)))).bad).toMatchObject({
      record: "checkpoint",
      sequence: 3,
      reason: "the entries 1 to 3 are not the ones it signed",
    });
    expect((await verified(Buffer.from(await exported(other)))).bad).toBeNull();
  });
});

describe("recording", () => {
  test("twenty writers at once make one chain without a gap, and what rolls back leaves no entry", async () => {
    const scope = await newOrganization(fresh.pool);
    const writers = Array.from({ length: 20 }, (_, writer) =>
      (async () => {
        for (let i = 0; i < 5; i++)
          await inScope(fresh.db, scope, (trx) =>
            recordAll(trx, scope, [change(`${writer}.${i}`), change(`${writer}.${i}'`)]),
          );
        await inScope(fresh.db, scope, async (trx) => {
          await record(trx, scope, change("never"));
          throw new Error("rolled back");
        }).catch(() => {});
      })(),
    );
    await Promise.all(writers);
    const text = await exported(scope);
    expect(await verified(Buffer.from(text))).toMatchObject({ bad: null, entries: 200 });
    expect(text).not.toContain('"never"');
  });

  test("the head is signed at each multiple of 1000 entries, whether they come one by one or at once", async () => {
    const scope = await newOrganization(fresh.pool);
    const jobs = [checkpointJob(keys)] as Job[];
    const worker = await startWorker({ ...fresh, log: SILENT, jobs, schedules: [], concurrency: 1 });
    const signed = async (sequence: number) => {
      const checkpoints = () => inScope(fresh.db, scope, (trx) => lastCheckpoint(trx, scope.organizationId));
      await expect.poll(async () => (await checkpoints())?.sequence, { timeout: 10_000 }).toBe(sequence);
    };
    const many = (count: number) => Array.from({ length: count }, (_, i) => change(i));
    try {
      await inScope(fresh.db, scope, (trx) => recordAll(trx, scope, many(CHECKPOINT_EVERY_ENTRIES - 1)));
      const waiting = await inScope(fresh.db, scope, (trx) => trx.selectFrom("jobRun").select("job").execute());
      expect(waiting).toEqual([]);
      await inScope(fresh.db, scope, (trx) => record(trx, scope, change("the thousandth")));
      await signed(CHECKPOINT_EVERY_ENTRIES);
      await inScope(fresh.db, scope, (trx) => recordAll(trx, scope, many(1700)));
      await signed(CHECKPOINT_EVERY_ENTRIES + 1700);
    } finally {
      await worker.stop();
    }
    expect(await verified(Buffer.from(await exported(scope)))).toMatchObject({ bad: null, checkpoints: 2 });
  });

  test("the application can neither change nor remove an entry", async () => {
    const scope = await newOrganization(fresh.pool);
    await inScope(fresh.db, scope, (trx) => record(trx, scope, change(1)));
    for (const attempt of [
      "update ledger_entry set action = 'other'",
      "delete from ledger_entry",
      "truncate ledger_entry",
    ])
      await expect(
        fresh.pool.query(`begin; set local role cordon_app; ${attempt}`).finally(() => fresh.pool.query("rollback")),
      ).rejects.toThrow(/permission denied/);
  });
});
