import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { checkFeed, feedFolder } from "../../src/features/intel/feed.ts";
import { currentIndex, sync } from "../../src/features/intel/intel.ts";
import { noState } from "../../src/features/intel/loading/schema.ts";
import { checkSource, sourceFolder } from "../../src/features/intel/source.ts";
import { type SyncTools, startSync, syncNow } from "../../src/flows/advisory-arrived.ts";
import { bundleArrived } from "../../src/flows/bundle-arrived.ts";
import { intelFiles } from "../../src/flows/intel-index.ts";
import { documentsOf } from "../../src/flows/visit-sources.ts";
import { newId } from "../../src/lib/ids.ts";
import { inScope, type Scope } from "../../src/platform/db.ts";
import { loadPlugIns } from "../../src/platform/files/load-plug-ins.ts";
import { namedFetch } from "../../src/platform/files/named-fetch.ts";
import { writeBundle } from "../../src/platform/loading/bundle.ts";
import { bundleKeys } from "../../src/platform/loading/bundle-keys.ts";
import { keptFiles } from "../../src/platform/loading/kept-files.ts";
import { KEV } from "../cli/sample-feeds.ts";
import { type FeedServer, feedServer } from "../support/feed-server.ts";
import { type FreshDatabase, freshDatabase, newOrganization } from "./postgres.ts";

/** Two processes over one data folder, each with its own view of it; no worker runs. */
let database: FreshDatabase;
let server: FeedServer;
let folder: string;
let scope: Scope;
let tools: SyncTools;

const kev = (...numbers: number[]) => ({
  ...KEV,
  vulnerabilities: numbers.map((number) => ({ ...KEV.vulnerabilities[0], cveID: `CVE-2025-${number}` })),
});

beforeAll(async () => {
  database = await freshDatabase();
  server = await feedServer();
  folder = mkdtempSync(join(tmpdir(), "cordon-sync-at-once-"));
  const catalogue = await loadPlugIns(sourceFolder, checkSource);
  tools = {
    sources: catalogue,
    feeds: await loadPlugIns(feedFolder, checkFeed),
    mirrors: {},
    keyOf: () => null,
    folder,
    maxKeptBytes: 1e9,
    fetch: namedFetch,
    intel: intelFiles(folder),
    rules: { folders: [] },
  };
});
beforeEach(async () => {
  scope = await newOrganization(database.pool);
  server.put("/kev.json", kev(2000));
});
afterAll(async () => {
  tools.intel.close();
  await server.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

async function addSource(path: string, as = scope): Promise<string> {
  const id = newId();
  const source = { id, name: path, location: server.base + path, enabled: true, plugIn: "cisa-kev" };
  await inScope(database.db, as, (trx) => sync.insertSource(trx, as, source));
  return id;
}

const run = (as = scope, more: Partial<SyncTools> = {}) =>
  syncNow(
    { ...tools, intel: intelFiles(folder), ...more },
    {
      db: database.db,
      scope: as,
      signal: new AbortController().signal,
      progress: async () => {},
    },
  );

/** A fetch that says when it is asked and answers at `go`. */
function slowFetch() {
  const { promise: reached, resolve: arrive } = Promise.withResolvers<void>();
  const { promise: gone, resolve: go } = Promise.withResolvers<void>();
  const fetch: SyncTools["fetch"] = async (url, options) => {
    arrive();
    await gone;
    return namedFetch(url, options);
  };
  return { fetch, reached, go };
}

const index = async (as = scope) => {
  const current = await inScope(database.db, as, (trx) => currentIndex(trx, as));
  return tools.intel.open(as.organizationId, current?.sha256 ?? "none").lookup.about.counts;
};
const files = (as = scope) => readdirSync(join(folder, as.organizationId));

test("a second run of an organisation waits for the first; another organisation's does not", async () => {
  await addSource("/kev.json");
  const other = await newOrganization(database.pool);
  await addSource("/kev.json", other);
  const slow = slowFetch();
  const first = run(scope, { fetch: slow.fetch });
  await slow.reached;
  let asked = 0;
  const second = run(scope, {
    fetch: (url, options) => {
      asked += 1;
      return namedFetch(url, options);
    },
  });
  expect(await run(other)).toMatchObject({ records: 1 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(asked).toBe(0);
  slow.go();
  expect(await first).toMatchObject({ records: 1, problems: [] });
  expect(await second).toMatchObject({ records: 1, problems: [] });
  expect(asked).toBe(1);
  expect(await index()).toMatchObject({ exploited: 1 });
});

test("a worker that lost its turn and still works changes nothing that the next one relies on", async () => {
  await addSource("/kev.json");
  await run();
  server.put("/kev.json", kev(2000, 2001));
  const slow = slowFetch();
  const first = run(scope, { fetch: slow.fetch });
  const late = expect(first).rejects.toThrow("turn was lost");
  await slow.reached;
  const { rowCount } = await database.pool.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 7302
       and objid = (hashtext($1)::bigint & 4294967295)::oid and database = (select oid from pg_database where datname = current_database())`,
    [scope.organizationId],
  );
  expect(rowCount).toBe(1);
  expect(await run()).toMatchObject({ records: 2 });
  slow.go();
  await late;
  expect(await index()).toMatchObject({ exploited: 2 });
  expect(files().filter((name) => name.endsWith(".intel"))).toHaveLength(1);
  expect(await run()).toMatchObject({ records: 2, problems: [] });
});

test("a source that is removed while it is read is left out; the others make the index", async () => {
  await addSource("/kev.json");
  server.put("/other.json", kev(3000));
  const gone = await addSource("/other.json");
  const slow = slowFetch();
  const running = run(scope, { fetch: slow.fetch });
  await slow.reached;
  await inScope(database.db, scope, (trx) => trx.deleteFrom("intelSource").where("id", "=", gone).execute());
  slow.go();
  expect(await running).toMatchObject({ records: 1, problems: [] });
  expect(await index()).toMatchObject({ exploited: 1 });
});

test("what broken-off builds and old indexes left does not stay", async () => {
  await addSource("/kev.json");
  await run();
  for (let number = 2001; number < 2005; number++) {
    server.put("/kev.json", kev(number));
    const build = async () => {
      writeFileSync(join(folder, scope.organizationId, `building-${number}.1.part`), "half of it");
      throw new Error("killed");
    };
    const broken = { ...intelFiles(folder), build };
    await expect(run(scope, { intel: broken })).rejects.toThrow("killed");
    await run();
  }
  expect(files().sort()).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.intel$/), "documents"]);
  expect(readdirSync(join(folder, scope.organizationId, "documents")).filter((name) => name !== "parts")).toHaveLength(
    1,
  );
  expect(readdirSync(join(folder, scope.organizationId, "documents", "parts"))).toEqual([]);
});

test("a bundle's documents stay whole while a run cleans up", async () => {
  const elsewhere = keptFiles(join(folder, "elsewhere"));
  const held = await elsewhere.hold(Buffer.from(JSON.stringify(kev(4000, 4001))));
  const keys = bundleKeys(join(folder, "secrets"));
  const at = "2026-11-24T00:00:00.000Z";
  const document = {
    ...held,
    ...{ name: "kev.json", url: "https://x.example/", etag: null, lastModified: null, sequence: 0 },
    ...{ fetchedAt: at, records: 2, unusable: 0 },
  };
  const contents = {
    "cisa-kev": { bases: {}, choice: [], state: { ...noState("cisa-kev"), documents: [document], succeededAt: at } },
  };
  const path = join(folder, "feeds.bundle");
  await writeBundle(path, { contents, documents: [held], madeAt: new Date() }, elsewhere, keys);
  const bytes = readFileSync(path);
  await addSource("/kev.json");
  async function* slowly() {
    yield bytes.subarray(0, bytes.length - 512);
    await run();
    yield bytes.subarray(bytes.length - 512);
  }
  await bundleArrived(database.db, scope, slowly(), tools, [keys.public], new Date());
  expect(existsSync(documentsOf(folder, scope).pathOf(held.sha256))).toBe(true);
  expect(await run()).toMatchObject({ records: 3, problems: [] });
});

test("runs stand for a quarter of a year, and no longer", async () => {
  const start = (now: string) => inScope(database.db, scope, (trx) => startSync(trx, scope, new Date(now)));
  const end = (id: string, endedAt: string) =>
    inScope(database.db, scope, (trx) =>
      trx
        .updateTable("jobRun")
        .set({ state: "done", endedAt: new Date(endedAt) })
        .where("id", "=", id)
        .execute(),
    );
  const ids = () =>
    inScope(database.db, scope, async (trx) => (await sync.runsOf(trx, scope, { limit: 10 })).map(({ id }) => id));
  const old = await start("2026-01-01T00:00:00Z");
  await end(old, "2026-01-01T00:10:00Z");
  const recent = await start("2026-03-30T00:00:00Z");
  expect(await ids()).toEqual([recent, old]);
  await end(recent, "2026-03-30T00:10:00Z");
  const newest = await start("2026-04-10T00:00:00Z");
  expect(await ids()).toEqual([newest, recent]);
});
