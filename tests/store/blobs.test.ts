import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Fault } from "../../src/lib/fault.ts";
import { type Blob, blobsIn, filesIn, getBlob, keepBlob } from "../../src/platform/blobs/blobs.ts";
import { openBlobKeys } from "../../src/platform/blobs/keys.ts";
import { keysInUse, rewrapAll } from "../../src/platform/blobs/rewrap.ts";
import { sweepOrphans } from "../../src/platform/blobs/sweep.ts";
import { inScope, type Scope } from "../../src/platform/db.ts";
import { type FreshDatabase, freshDatabase, newOrganization } from "./postgres.ts";

const folder = mkdtempSync(join(tmpdir(), "cordon-blobs-"));
const keysFolder = join(folder, "keys");
const blobs = blobsIn(join(folder, "blobs"), openBlobKeys(keysFolder));
const NOW = new Date("2026-11-24T08:00:00Z");
let database: FreshDatabase;
let alpha: Scope;
let bravo: Scope;
beforeAll(async () => {
  database = await freshDatabase();
  alpha = await newOrganization(database.pool, "Alpha");
  bravo = await newOrganization(database.pool, "Bravo");
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const store = async (scope: Scope, bytes: Buffer): Promise<Blob> => {
  const taken = await blobs.take(scope.organizationId, [bytes]);
  return inScope(database.db, scope, (trx) => keepBlob(trx, scope, taken, NOW));
};
const bytesOf = async (blob: Blob) => {
  const pieces: Buffer[] = [];
  for await (const piece of blobs.read(blob)) pieces.push(piece);
  return Buffer.concat(pieces);
};
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof Fault ? error.code : String(error)),
  );

test("a file comes back as it was, is known by its hash, and stands on disk sealed, for its owner only", async () => {
  const bytes = Buffer.from("a report about the pump ".repeat(20_000));
  const blob = await store(alpha, bytes);
  expect(blob.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  expect((await bytesOf(blob)).equals(bytes)).toBe(true);
  const path = blobs.pathOf(blob);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path).includes("report about")).toBe(false);
  expect(statSync(join(keysFolder, readdirSync(keysFolder)[0] ?? "")).mode & 0o777).toBe(0o600);
});

test("the same bytes stand once in an organisation, and apart in another", async () => {
  const bytes = randomBytes(1_000);
  const first = await store(alpha, bytes);
  const taken = await blobs.take(alpha.organizationId, [bytes]);
  const again = await inScope(database.db, alpha, (trx) => keepBlob(trx, alpha, taken, NOW));
  expect(again.objectId).toBe(first.objectId);
  await blobs.drop(taken);
  expect((await bytesOf(again)).equals(bytes)).toBe(true);
  const theirs = await store(bravo, bytes);
  expect(theirs.objectId).not.toBe(first.objectId);
  const found = await inScope(database.db, bravo, (trx) => getBlob(trx, bravo, first.sha256));
  expect(found.objectId).toBe(theirs.objectId);
  expect(await refusal(inScope(database.db, bravo, (trx) => getBlob(trx, bravo, "0".repeat(64))))).toBe("not_found");
});

test("a file exchanged for another on disk, or a key for another in the database, does not open", async () => {
  const [one, two] = [await store(alpha, randomBytes(500)), await store(alpha, randomBytes(500))];
  const copy = readFileSync(blobs.pathOf(one));
  copyFileSync(blobs.pathOf(two), blobs.pathOf(one));
  expect(await refusal(bytesOf(one))).toBe("tampered");
  writeFileSync(blobs.pathOf(one), copy);
  expect(await refusal(bytesOf(one))).toBe("done");
  expect(await refusal(bytesOf({ ...one, wrappedKey: two.wrappedKey }))).toBe("tampered");
  rmSync(blobs.pathOf(two));
  expect(await refusal(bytesOf(two))).toBe("unavailable");
});

test("the application cannot change what a file is, nor forget one", async () => {
  const change = inScope(database.db, alpha, (trx) => trx.updateTable("blob").set({ sizeBytes: 1 }).execute());
  await expect(change).rejects.toThrow(/permission denied/);
  await expect(inScope(database.db, alpha, (trx) => trx.deleteFrom("blob").execute())).rejects.toThrow(
    /permission denied/,
  );
});

test("rotation: every key is closed with the new one while files are read, and the old one can go", async () => {
  const kept: { blob: Blob; bytes: Buffer; scope: Scope }[] = [];
  for (const scope of [alpha, bravo])
    for (let i = 0; i < 8; i++) {
      const bytes = randomBytes(600_000);
      kept.push({ blob: await store(scope, bytes), bytes, scope });
    }
  const [before] = blobs.keys.ids();
  const reading = Promise.all(kept.map(({ blob }) => bytesOf(blob)));
  const current = blobs.keys.rotate(new Date(Date.now() + 2_000));
  const files = [...(await keysInUse(database.db)).values()].reduce((a, b) => a + b, 0);
  expect(await rewrapAll(database.db, blobs)).toBe(files);
  expect((await reading).every((bytes, i) => bytes.equals(kept[i]?.bytes ?? Buffer.alloc(0)))).toBe(true);
  expect(await rewrapAll(database.db, blobs)).toBe(0);
  expect([...(await keysInUse(database.db)).keys()]).toEqual([current]);
  blobs.keys.remove(before ?? "");
  const others = blobsIn(blobs.folder, openBlobKeys(keysFolder));
  for (const { blob, bytes, scope } of kept) {
    const now = await inScope(database.db, scope, (trx) => getBlob(trx, scope, blob.sha256));
    const pieces: Buffer[] = [];
    for await (const piece of others.read(now)) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
    expect(
      await refusal(
        (async () => {
          for await (const _ of others.read(blob));
        }).call(null),
      ),
    ).toBe("unavailable");
  }
  const actions = await inScope(database.db, alpha, (trx) => trx.selectFrom("ledgerEntry").select("action").execute());
  expect(actions.map(({ action }) => action)).toContain("blob.keys-rewrapped");
});

test("a key that others may read, or that is not the one its name says, is refused", async () => {
  const blob = await store(alpha, randomBytes(10));
  const path = join(keysFolder, `${blob.keyId}.key`);
  const fresh = () => blobsIn(blobs.folder, openBlobKeys(keysFolder));
  const readAll = async () => {
    for await (const _ of fresh().read(blob));
  };
  chmodSync(path, 0o644);
  expect(await refusal(readAll())).toBe("bad_configuration");
  chmodSync(path, 0o600);
  const text = readFileSync(path, "utf8");
  writeFileSync(path, randomBytes(32).toString("base64url"));
  expect(await refusal(readAll())).toBe("tampered");
  writeFileSync(path, text);
  expect(await refusal(readAll())).toBe("done");
});

test("an upload that breaks off leaves nothing, and files without a row go after a day, no others", async () => {
  const count = async () => {
    let n = 0;
    for await (const _ of filesIn(blobs.folder)) n++;
    return n;
  };
  const before = await count();
  async function* broken() {
    yield randomBytes(10);
    throw new Fault("bad_input", "The upload broke off");
  }
  expect(await refusal(blobs.take(alpha.organizationId, broken()))).toBe("bad_input");
  expect(await count()).toBe(before);
  const orphan = await blobs.take(alpha.organizationId, [randomBytes(100)]);
  expect(await sweepOrphans(database.db, blobs, new Date())).toBe(0);
  for await (const { path } of filesIn(blobs.folder)) utimesSync(path, 0, 0);
  expect(await sweepOrphans(database.db, blobs, new Date())).toBe(1);
  expect(await refusal(bytesOf(orphan))).toBe("unavailable");
  expect(await count()).toBe(before);
});
