import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addDevice, addRelease } from "../../src/features/devices/devices.ts";
import { NewDevice, NewRelease } from "../../src/features/devices/schema.ts";
import { sync } from "../../src/features/intel/intel.ts";
import { advisory, affectedItem, interval } from "../../src/features/intel/rank-index/sample-intel.ts";
import { startSync } from "../../src/flows/advisory-arrived.ts";
import { assessRelease } from "../../src/flows/assess-release.ts";
import { compareReleases } from "../../src/flows/compare-releases.ts";
import { type IntelFiles, intelFiles } from "../../src/flows/intel-index.ts";
import { sbomArrived } from "../../src/flows/sbom-arrived.ts";
import { inScope, type Scope } from "../../src/platform/db.ts";
import { type FreshDatabase, freshDatabase, newOrganization } from "./postgres.ts";
import { npmSbom } from "./program-server.ts";

/** No worker runs: each step of two stories at once is taken by the test, held where it must be by a lock of `gate`. */
let database: FreshDatabase;
let folder: string;
let scope: Scope;
let gate: pg.PoolClient;
const opened: IntelFiles[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), "cordon-at-once-"));
});
beforeEach(async () => {
  scope = await newOrganization(database.pool);
  gate = await database.pool.connect();
  return () => gate.release(true);
});
afterAll(async () => {
  for (const files of opened) files.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The index files as one more process sees them. */
function processIntel(): IntelFiles {
  const files = intelFiles(folder);
  opened.push(files);
  return files;
}

const now = () => new Date();

async function newRelease(name: string, ...packages: string[]): Promise<string> {
  const id = await inScope(database.db, scope, async (trx) => {
    const deviceId = await addDevice(trx, scope, NewDevice.parse({ name }), now());
    const release = NewRelease.parse({ version: "1.0", phase: "deployment", since: "2026-01-05" });
    return addRelease(trx, scope, deviceId, release, now());
  });
  await upload(id, ...packages);
  return id;
}

const upload = (releaseId: string, ...packages: string[]) =>
  sbomArrived(
    database.db,
    scope,
    releaseId,
    { bytes: Buffer.from(JSON.stringify(npmSbom(...packages))), fileName: "sbom.json" },
    now(),
  );

/** An index that knows these packages as affected takes the place of the one before. */
async function arrives(...packages: string[]): Promise<string> {
  async function* records() {
    for (const name of packages)
      yield advisory(`GHSA-${name}`, [
        affectedItem({ package: { ecosystem: "npm", name }, scheme: "semver", intervals: [interval("0", "9.0.0")] }),
      ]);
  }
  const built = await processIntel().build(scope.organizationId, records(), now());
  const { feeds, counts } = built.about;
  await inScope(database.db, scope, (trx) =>
    sync.writeIndex(trx, scope, {
      ...{ sha256: built.sha256, sizeBytes: built.sizeBytes, advisories: counts.vulnerabilities, feeds },
      ...{ builtAt: now(), madeOf: null },
    }),
  );
  return built.sha256;
}

const compare = (before: string | null, intel = processIntel()) =>
  compareReleases(
    intel,
    { db: database.db, scope, progress: async () => {}, signal: new AbortController().signal, fence: async () => {} },
    before,
  );
const assess = (releaseId: string) => assessRelease(database.db, scope, releaseId, processIntel(), now());

/** Comparing that stops once it knows its index, until `go`. */
function slowCompare(before: string | null) {
  const { promise: reached, resolve: arrive } = Promise.withResolvers<void>();
  const { promise: gone, resolve: go } = Promise.withResolvers<void>();
  const keepOnly = () => {
    arrive();
    return gone;
  };
  return { reached, go, done: compare(before, { ...processIntel(), keepOnly }) };
}

const findings = async (releaseId: string): Promise<string[]> =>
  inScope(database.db, scope, async (trx) => {
    const rows = await trx
      .selectFrom("finding")
      .select("advisory")
      .where("releaseId", "=", releaseId)
      .where("goneAt", "is", null)
      .orderBy("advisory")
      .execute();
    return rows.map((row) => row.advisory);
  });

/** Until so many connections wait for a lock of another. */
async function waiting(count: number): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const { rows } = await database.pool.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (rows.length >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("nobody waits");
}

const hold = async (what: string, values: unknown[] = []) => {
  await gate.query("begin");
  await gate.query("select set_config('app.organization_id', $1, true)", [scope.organizationId]);
  await gate.query(what, values);
};

test("an upload that is being compared with the old index when a new one comes is compared with the new one", async () => {
  const first = await arrives("left-pad");
  const releaseId = await newRelease("Pump", "left-pad@1.0.0");
  await compare(null);
  await upload(releaseId, "left-pad@1.0.0", "axios@0.21.0");
  await hold("lock table release_key in share mode");
  const assessed = assess(releaseId);
  await waiting(1);
  const synced = arrives("left-pad", "axios").then(() => compare(first));
  await waiting(2);
  await gate.query("commit");
  await Promise.all([assessed, synced]);
  expect(await findings(releaseId)).toEqual(["GHSA-axios", "GHSA-left-pad"]);
});

test("a slower comparison with an older index takes back nothing of the newer one", async () => {
  const first = await arrives("left-pad");
  const releaseId = await newRelease("Pump", "left-pad@1.0.0", "axios@0.21.0", "minimist@1.0.0");
  await compare(null);
  const second = await arrives("left-pad", "minimist");
  const slow = slowCompare(first);
  await slow.reached;
  await arrives("left-pad", "minimist", "axios");
  await compare(second);
  slow.go();
  await slow.done;
  expect(await findings(releaseId)).toEqual(["GHSA-axios", "GHSA-left-pad", "GHSA-minimist"]);
});

test("a release is not passed over by the parts it had while it is compared by those it has", async () => {
  const first = await arrives("left-pad");
  const before = await newRelease("Stand", "left-pad@1.0.0");
  const releaseId = await newRelease("Pump", "left-pad@1.0.0");
  await compare(null);
  const slow = slowCompare(null);
  await slow.reached;
  await arrives("left-pad", "axios");
  await hold("select from release where id = $1 for update", [before]);
  const synced = compare(first);
  await waiting(1);
  await upload(releaseId, "left-pad@1.0.0", "axios@0.21.0");
  slow.go();
  await slow.done;
  await gate.query("commit");
  await synced;
  await assess(releaseId);
  expect(await findings(releaseId)).toEqual(["GHSA-axios", "GHSA-left-pad"]);
});

test("two that ask at once for all sources to be read start one reading", async () => {
  const start = () => inScope(database.db, scope, (trx) => startSync(trx, scope, now()));
  const ids = await Promise.all([start(), start(), start(), start()]);
  expect(new Set(ids).size).toBe(1);
});
