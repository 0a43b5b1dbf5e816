import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inScope } from "../../src/platform/db.ts";
import { type ProgramServer, programServer } from "./program-server.ts";

/** Releases are compared several in a transaction while people decide: whatever happens, every counter says what a count would. */
let server: ProgramServer;
let folder: string;
const releases: string[] = [];
const NAMES = Array.from({ length: 30 }, (_, i) => `part-${i}`);

/** Mulberry32: the same changes in every run. */
let seed = 7;
const random = () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), seed | 1);
  t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const oneOf = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;

const sbom = () =>
  JSON.stringify({
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    components: NAMES.filter(() => random() < 0.7).map((name) => {
      const version = `${1 + Math.floor(random() * 4)}.0.0`;
      return { type: "library", name, version, "bom-ref": name, purl: `pkg:npm/${name}@${version}` };
    }),
  });

function advise(name: string) {
  const path = join(folder, `GHSA-${name}.json`);
  if (random() < 0.2) return rmSync(path, { force: true });
  const events = [{ introduced: "0" }, { fixed: `${1 + Math.floor(random() * 5)}.0.0` }];
  const severity = oneOf([[], [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }]]);
  const affected = [{ package: { ecosystem: "npm", name }, ranges: [{ type: "SEMVER", events }] }];
  writeFileSync(
    path,
    JSON.stringify({
      id: `GHSA-${name}`,
      aliases: [`CVE-2026-${10_000 + NAMES.indexOf(name)}`],
      modified: "2026-01-01T00:00:00Z",
      summary: `A flaw in ${name}`,
      severity,
      affected,
    }),
  );
}

/** Decides some open findings, as one person after the other does; somebody may have been faster. */
async function decideSome(most: number) {
  const { items } = (await server.ask("GET", "/findings?limit=200")).body;
  for (let i = 0; i < most; i++) {
    const finding = oneOf<{ id: string; revision: number }>(items);
    const decision = oneOf([
      { state: "in-triage" },
      { state: "affected" },
      { state: "accepted", note: "Isolated" },
      { state: "not-affected", justification: "code_not_reachable" },
    ]);
    const { id, revision } = finding;
    const { status } = await server.ask("POST", `/findings/${id}/decision`, { revision, decision });
    expect([200, 409]).toContain(status);
  }
}

const sync = async () => expect((await server.ask("POST", "/intel/runs")).status).toBeLessThan(300);

/** What the counters of vulnerabilities and releases say, beside what counting the findings says. */
const kept = () =>
  inScope(server.database.db, server.scope, async (trx) => {
    const rows = async (text: ReturnType<typeof sql>) => (await text.execute(trx)).rows;
    return {
      vulnerabilities:
        await rows(sql`select advisory, total, open, new, in_triage, affected, suspect, releases, devices, priority, harm,
        rating, is_open, is_new from vulnerability where total > 0 order by advisory`),
      releases:
        await rows(sql`select release_id, open, new, in_triage, affected, exploited, critical, high, medium, low, suspect
        from release_day order by release_id`),
    };
  });
const counted = () =>
  inScope(server.database.db, server.scope, async (trx) => {
    const rows = async (text: ReturnType<typeof sql>) => (await text.execute(trx)).rows;
    const open = sql`state in ('new', 'in-triage', 'affected')`;
    // The worst of what is open; only where none is, the worst of all.
    const worst = (what: "priority" | "harm" | "rating") =>
      sql`(array_agg(${sql.ref(what)} order by ${open} desc, priority desc, id desc))[1]`;
    return {
      vulnerabilities:
        await rows(sql`select advisory, count(*)::int as total, (count(*) filter (where ${open}))::int as open,
        (count(*) filter (where state = 'new'))::int as new, (count(*) filter (where state = 'in-triage'))::int as in_triage,
        (count(*) filter (where state = 'affected'))::int as affected, (count(*) filter (where suspect))::int as suspect,
        count(distinct release_id)::int as releases, count(distinct device_id)::int as devices,
        ${worst("priority")} as priority, ${worst("harm")} as harm, ${worst("rating")} as rating,
        bool_or(${open}) as is_open, bool_or(state = 'new') as is_new
        from finding where gone_at is null group by advisory order by advisory`),
      releases: await rows(sql`select r.id as release_id, (count(f.id) filter (where ${open}))::int as open,
        (count(f.id) filter (where state = 'new'))::int as new, (count(f.id) filter (where state = 'in-triage'))::int as in_triage,
        (count(f.id) filter (where state = 'affected'))::int as affected,
        (count(f.id) filter (where ${open} and f.exploited is not null))::int as exploited,
        (count(f.id) filter (where ${open} and rating = 'critical'))::int as critical,
        (count(f.id) filter (where ${open} and rating = 'high'))::int as high,
        (count(f.id) filter (where ${open} and rating = 'medium'))::int as medium,
        (count(f.id) filter (where ${open} and rating = 'low'))::int as low, (count(f.id) filter (where suspect))::int as suspect
        from release r left join finding f on f.organization_id = r.organization_id and f.release_id = r.id and f.gone_at is null
        where r.assessed_at is not null group by r.id order by r.id`),
    };
  });

const deadlocks = () =>
  inScope(server.database.db, server.scope, async (trx) => {
    const { rows } = await sql<{ count: number }>`select pg_stat_get_db_deadlocks(oid) as count from pg_database
      where datname = current_database()`.execute(trx);
    return rows[0]?.count;
  });

beforeAll(async () => {
  server = await programServer();
  folder = join(server.folder, "feeds");
  mkdirSync(folder);
  for (const name of NAMES) advise(name);
  await server.ask("POST", "/intel/sources", { name: "Feeds", location: folder });
  for (let device = 0; device < 3; device++) {
    const functions = [{ kind: "therapy", name: "therapy", harm: oneOf(["minor", "critical"]) }];
    const { body } = await server.ask("POST", "/devices", { name: `Device ${device}`, functions });
    for (let i = 0; i < 8; i++) {
      const release = { version: `${i}`, phase: "deployment", since: "2026-01-05" };
      releases.push((await server.ask("POST", `/devices/${body.id}/releases`, release)).body.id);
      await server.upload(releases.at(-1) ?? "", sbom());
    }
  }
  await server.settled();
  await sync();
  await server.settled();
});
afterAll(() => server.close());

test("twenty-four releases compared in a few transactions are counted as one by one", async () => {
  const counts = await kept();
  expect(counts.vulnerabilities.length).toBeGreaterThan(10);
  expect(counts.releases).toHaveLength(releases.length);
  expect(counts).toEqual(await counted());
});

test.each([1, 2, 3, 4])("after random changes of advisories, parts and decisions, round %i", async () => {
  for (let i = 0; i < 8; i++) advise(oneOf(NAMES));
  await server.upload(oneOf(releases), sbom());
  await decideSome(5);
  await sync();
  await server.settled();
  expect(await kept()).toEqual(await counted());
});

test("people who decide while all releases are compared, and an SBOM that comes then, neither lock each other out nor spoil a count", async () => {
  const before = await deadlocks();
  for (let round = 0; round < 2; round++) {
    for (const name of NAMES) advise(name);
    await sync();
    await Promise.all([decideSome(12), decideSome(12), server.upload(oneOf(releases), sbom())]);
    await server.settled();
    expect(await kept()).toEqual(await counted());
  }
  expect(await deadlocks()).toBe(before);
});
