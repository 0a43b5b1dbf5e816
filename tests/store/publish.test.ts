import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { createMessage, readKey, readSignature, verify } from "openpgp";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { stated } from "../../src/features/intel/intel.ts";
import { checkDocument } from "../../src/features/publish/check/check-document.ts";
import { takeTurn } from "../../src/features/publish/publish.ts";
import { composeFeatures } from "../../src/main/features.ts";
import { readConfig } from "../../src/platform/config/config.ts";
import { inScope, type Scope, type Trx } from "../../src/platform/db.ts";
import { startWorker, type Worker } from "../../src/platform/jobs/worker.ts";
import { readSigningKeys } from "../../src/platform/ledger/keys.ts";
import { createLog } from "../../src/platform/log.ts";
import { publisherAt } from "./endpoint-examples.ts";
import { type PeopleServer, peopleServer } from "./people-server.ts";
import { newWorld, type World } from "./two-worlds.ts";

const PUBLIC_URL = "https://cordon.example.com";
const folder = mkdtempSync(join(tmpdir(), "cordon-publish-"));
let server: PeopleServer;
let worker: Worker;
let world: World;
let other: World;
let close = () => {};

beforeAll(async () => {
  server = await peopleServer({
    async compose(people, { db, pool, connection }) {
      const config = readConfig({ CORDON_DATA: folder, CORDON_SECRETS: folder });
      const about = { publicUrl: PUBLIC_URL, version: "1.0.0" };
      const features = await composeFeatures(db, people, readSigningKeys(folder), config, about);
      const jobs = [...features.jobs];
      const log = createLog("silent");
      worker = await startWorker({ pool, connection, db, log, jobs, schedules: [], concurrency: 2 });
      close = () => features.close();
      return features;
    },
  });
  world = await newWorld(server, "ALPHA");
  other = await newWorld(server, "BRAVO");
}, 120_000);
afterAll(async () => {
  await worker.stop();
  close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A subscriber: no account, only addresses that the provider gave. */
async function read(address: string, headers: Record<string, string> = {}) {
  const { pathname } = new URL(address, PUBLIC_URL);
  const asked = { headers: { "x-forwarded-for": "192.0.2.7", ...headers }, redirect: "manual" as const };
  const answer = await fetch(server.url + pathname, asked);
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}
const readJson = async (address: string) => JSON.parse((await read(address)).text);
const ask = async (method: string, path: string, body?: unknown) => {
  const { status, body: answer } = await world.administrator.send(method, `/api${path}`, body);
  return { status, body: answer };
};
const advisory = async () => (await ask("GET", `/advisories/${world.securityAdvisoryId}`)).body;
const metadata = () => readJson(`/csaf/${world.csafPath}/provider-metadata.json`);
const feed = async () => (await readJson((await metadata()).distributions[0].rolie.feeds[0].url)).feed;

describe("what a subscriber reads", () => {
  test("metadata → feed → document, whose hashes and signature hold against the published key", async () => {
    const about = await metadata();
    expect(about).toMatchObject({
      canonical_url: `${PUBLIC_URL}/csaf/${world.csafPath}/provider-metadata.json`,
      role: "csaf_trusted_provider",
      metadata_version: "2.0",
    });
    const { entry } = await feed();
    expect(entry).toHaveLength(1);
    const href = entry[0].content.src;
    const { text } = await read(href);
    const fileName = href.split("/").at(-1);
    for (const kind of ["sha256", "sha512"])
      expect((await read(`${href}.${kind}`)).text).toBe(
        `${createHash(kind).update(text).digest("hex")}  ${fileName}\n`,
      );
    const [{ url, fingerprint }] = about.public_openpgp_keys;
    const key = await readKey({ armoredKey: (await read(url)).text });
    expect(key.getFingerprint().toUpperCase()).toBe(fingerprint);
    const signature = await readSignature({ armoredSignature: (await read(`${href}.asc`)).text });
    const verified = (bytes: string) =>
      createMessage({ binary: Buffer.from(bytes) })
        .then((message) => verify({ message, signature, verificationKeys: key }))
        .then(({ signatures }) => signatures[0]?.verified);
    expect(await verified(text)).toBe(true);
    await expect(verified(`${text} `)).rejects.toThrow();
    expect((await checkDocument(JSON.parse(text), [])).filter(({ level }) => level === "error")).toEqual([]);
  });

  test("index.txt, changes.csv and the well-known address say the same", async () => {
    const { content } = (await feed()).entry[0];
    const directory = (await metadata()).distributions[0].directory_url;
    const index = (await read(`${directory}index.txt`)).text.trim();
    expect(`${directory}${index}`).toBe(content.src);
    expect((await read(`${directory}changes.csv`)).text).toMatch(
      /^"\d{4}\/[a-z0-9_+-]+\.json","\d{4}-\d\d-\d\dT[\d:.]+Z"\r\n$/,
    );
    expect(await readJson("/.well-known/csaf/provider-metadata.json")).toEqual(await metadata());
  });

  test("the directory can be walked: from its page to a year's, and there to every file", async () => {
    const { distributions } = await metadata();
    const root: string = distributions[0].directory_url;
    const links = async (page: string) =>
      [...(await read(page)).text.matchAll(/<a href="([^"]+)">/g)].map(([, href]) => new URL(href ?? "", page).href);
    const year = (await feed()).entry[0].content.src.replace(/[^/]+$/, "");
    expect(await links(root)).toEqual([
      year,
      ...["csaf-feed-tlp-white.json", "service.json", "index.txt", "changes.csv"].map((file) => root + file),
    ]);
    const { src } = (await feed()).entry[0].content;
    expect(await links(year)).toEqual([src, `${src}.sha256`, `${src}.sha512`, `${src}.asc`]);
    for (const address of [...(await links(root)), ...(await links(year))])
      expect((await read(address)).status).toBe(200);
    expect((await read(root)).headers.get("content-type")).toBe("text/html; charset=utf-8");
  });

  test("what did not change is not sent again, and no cookie, no frame, no script comes with it", async () => {
    const { src } = (await feed()).entry[0].content;
    const { headers } = await read(src);
    expect(headers.get("cache-control")).toBe("public, max-age=300, must-revalidate");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("set-cookie")).toBeNull();
    const again = await read(src, { "if-none-match": String(headers.get("etag")) });
    expect([again.status, again.text]).toEqual([304, ""]);
    expect((await read(src, { "if-modified-since": String(headers.get("last-modified")) })).status).toBe(304);
  });

  test("too many requests from one address are refused, long before they hurt", async () => {
    const url = "/csaf/nobody/provider-metadata.json";
    const ask = { url, remoteAddress: "192.0.2.66", headers: { host: new URL(server.url).host } };
    expect((await server.app.inject(ask)).statusCode).toBe(404);
    await Promise.all(Array.from({ length: 600 }, () => server.app.inject(ask)));
    expect((await server.app.inject(ask)).statusCode).toBe(429);
  });

  test.each([
    "/csaf/nobody/provider-metadata.json",
    "/csaf/path-alpha/white/nothing.txt",
    "/csaf/path-alpha/white/2026/nothing.json",
    "/csaf/path-alpha/white/2026/..%2f..%2fetc%2fpasswd",
    "/csaf/path-alpha/openpgp/0000.asc",
    "/csaf/%00/provider-metadata.json",
    `/csaf/${"a".repeat(41)}/provider-metadata.json`,
    "/csaf/path-alpha/white/1999/",
    "/csaf/path-alpha/white/2026/%00.json",
    "/csaf/path-alpha",
    "/csaf/",
  ])("%s is not there", async (address) => {
    const { pathname } = new URL(address, PUBLIC_URL);
    expect([404, 400]).toContain((await read(pathname)).status);
  });
});

describe("from one issue to the next", () => {
  test("a text that changed is not public until the next issue, whose history names both; the first one's bytes stay", async () => {
    const { src } = (await feed()).entry[0].content;
    const first = (await read(src)).text;
    const { content, revision } = await advisory();
    const changed = { ...content, summary: "What happened, told better." };
    expect((await ask("PATCH", `/advisories/${world.securityAdvisoryId}`, { revision, content: changed })).status).toBe(
      200,
    );
    expect((await read(src)).text).toBe(first);
    const publication = `/advisories/${world.securityAdvisoryId}/publication`;
    expect((await ask("POST", publication, { revision, summary: "x" })).status).toBe(409);
    expect((await ask("POST", publication, { revision: revision + 1, summary: "Told better." })).status).toBe(200);
    const second = JSON.parse((await read(src)).text).document;
    expect(second.tracking).toMatchObject({
      version: "2",
      revision_history: [{ number: "1" }, { number: "2", summary: "Told better." }],
    });
    expect(second.tracking.initial_release_date).toBe(JSON.parse(first).document.tracking.initial_release_date);
    const kept = await ask("GET", `/advisories/${world.securityAdvisoryId}/issues/1`);
    expect(kept.body.document).toBe(first);
    expect((await ask("POST", publication, { revision: revision + 2, summary: "again" })).body.detail).toContain(
      "Nothing changed",
    );
  });

  test("the database itself lets nobody change or remove published bytes", async () => {
    const { pool } = server.database;
    for (const statement of [
      "update security_advisory_revision set document = ''",
      "delete from security_advisory_revision",
    ])
      await expect(
        pool.query(
          `begin; set local role cordon_app; select set_config('app.organization_id', '${world.organizationId}', true); ${statement}; commit`,
        ),
      ).rejects.toThrow(/permission denied/);
  });

  test("an advisory that says too little is refused with the place, and nothing is kept", async () => {
    const { content, revision } = await advisory();
    const id = world.securityAdvisoryId;
    const wrong = {
      ...content,
      vulnerabilities: content.vulnerabilities.map((one: object) => ({ ...one, remedies: [] })),
    };
    const preview = await ask("POST", `/advisories/${id}/preview`, { content: wrong });
    expect(preview.body).toMatchObject({
      canPublish: false,
      checks: expect.arrayContaining([expect.objectContaining({ level: "error" })]),
    });
    await ask("PATCH", `/advisories/${id}`, { revision, content: wrong });
    const refused = await ask("POST", `/advisories/${id}/publication`, { revision: revision + 1, summary: "x" });
    expect([refused.status, refused.body.detail]).toEqual([
      400,
      expect.stringContaining("nothing is said of what to do"),
    ]);
    expect((await advisory()).revisions).toHaveLength(2);
    await ask("PATCH", `/advisories/${id}`, { revision: revision + 1, content });
  });

  test("withdrawn, it stays under its name and says of nothing that it is affected", async () => {
    const { revision } = await advisory();
    const { src } = (await feed()).entry[0].content;
    const path = `/advisories/${world.securityAdvisoryId}/withdrawal`;
    expect((await ask("POST", path, { revision, reason: "It was another part." })).status).toBe(200);
    const { document, ...rest } = JSON.parse((await read(src)).text);
    expect(document).toMatchObject({
      category: "csaf_base",
      notes: [{ text: "It was another part." }],
      tracking: { version: "3" },
    });
    expect(rest).toEqual({});
  });
});

describe("who it is for", () => {
  test("what is not for everybody is not served, and an off provider serves nothing", async () => {
    const drafted = await ask("POST", "/advisories", { vulnerabilities: [world.advisory] });
    const { id, content, revision, trackingId } = drafted.body;
    await ask("PATCH", `/advisories/${id}`, { revision, content: { ...content, tlp: "AMBER" } });
    const published = await ask("POST", `/advisories/${id}/publication`, {
      revision: revision + 1,
      summary: "First issue.",
    });
    expect([published.status, published.body.publicUrl]).toEqual([200, null]);
    expect(JSON.stringify(await feed())).not.toContain(trackingId);
    const year = new Date().getUTCFullYear();
    expect((await read(`/csaf/${world.csafPath}/white/${year}/${trackingId.toLowerCase()}.json`)).status).toBe(404);
    const off = { ...publisherAt(world.csafPath), providerOn: false, revision: 1 };
    expect((await ask("PUT", "/publisher", off)).status).toBe(200);
    expect((await read(`/csaf/${world.csafPath}/provider-metadata.json`)).status).toBe(404);
    expect((await readJson("/.well-known/csaf/provider-metadata.json")).canonical_url).toContain(other.csafPath);
    expect((await ask("PUT", "/publisher", { ...off, revision: 2, path: other.csafPath })).status).toBe(409);
    await ask("PUT", "/publisher", { ...off, revision: 2, providerOn: true });
  });

  test("what is for everybody no longer leaves the list, whose date goes on, and whoever asks for changes hears of it", async () => {
    const drafted = await ask("POST", "/advisories", { vulnerabilities: [world.advisory] });
    const { id, content, revision, trackingId } = drafted.body;
    await ask("POST", `/advisories/${id}/publication`, { revision, summary: "First issue." });
    const before = await feed();
    expect(JSON.stringify(before)).toContain(trackingId);
    const { headers } = await read(`/csaf/${world.csafPath}/white/index.txt`);
    await new Promise((done) => setTimeout(done, 1_000));
    await ask("PATCH", `/advisories/${id}`, { revision: revision + 1, content: { ...content, tlp: "AMBER" } });
    await ask("POST", `/advisories/${id}/publication`, { revision: revision + 2, summary: "Not for everybody." });
    const after = await feed();
    expect(JSON.stringify(after)).not.toContain(trackingId);
    expect(Date.parse(after.updated)).toBeGreaterThan(Date.parse(before.updated));
    const since = { "if-modified-since": String(headers.get("last-modified")) };
    expect((await read(`/csaf/${world.csafPath}/white/index.txt`, since)).status).toBe(200);
  });

  test("those who publish at once come one after the other, each later than the one before it", async () => {
    const { db } = server.database;
    const scope = {
      organizationId: world.organizationId,
      actor: { kind: "system", id: "test", name: "Test" },
    } as const;
    const order: string[] = [];
    let leave = () => {};
    const held = new Promise<void>((done) => {
      leave = done;
    });
    const first = inScope(db, scope, async (trx) => {
      const at = await takeTurn(trx, scope, () => new Date());
      order.push("first has its turn");
      await held;
      order.push("first commits");
      return at;
    });
    await vi.waitFor(() => expect(order).toHaveLength(1));
    const second = inScope(db, scope, async (trx) => {
      const at = await takeTurn(trx, scope, () => new Date());
      order.push("second has its turn");
      return at;
    });
    await new Promise((done) => setTimeout(done, 200));
    leave();
    const [one, two] = await Promise.all([first, second]);
    expect(order).toEqual(["first has its turn", "first commits", "second has its turn"]);
    expect(two.getTime()).toBeGreaterThan(one.getTime());
    const slow = await inScope(db, scope, (trx) => takeTurn(trx, scope, () => new Date("2020-01-01T00:00:00Z")));
    expect(slow.getUTCFullYear()).toBeGreaterThan(2020);
  });

  test("a new key signs from the next issue on; the one before stays published for what it signed", async () => {
    const { entry } = await feed();
    const { src } = entry[0].content;
    const [before] = (await metadata()).public_openpgp_keys;
    rmSync(join(folder, `openpgp-${world.organizationId}.asc`));
    const drafted = await ask("POST", "/advisories", { vulnerabilities: [world.advisory] });
    const { id, revision } = drafted.body;
    expect((await ask("POST", `/advisories/${id}/publication`, { revision, summary: "First issue." })).status).toBe(
      200,
    );
    const keys = (await metadata()).public_openpgp_keys;
    expect(keys).toHaveLength(2);
    expect(keys[1]).toEqual(before);
    const verificationKeys = await readKey({ armoredKey: (await read(keys[1].url)).text });
    const signature = await readSignature({ armoredSignature: (await read(`${src}.asc`)).text });
    const message = await createMessage({ binary: Buffer.from((await read(src)).text) });
    const { signatures } = await verify({ message, signature, verificationKeys });
    expect(await signatures[0]?.verified).toBe(true);
  });

  test("a path the organisation had leads on to the one it has, and is nobody else's", async () => {
    const { src } = (await feed()).entry[0].content;
    const { revision, ...settings } = (await ask("GET", "/publisher")).body;
    const { addresses: _, warning: __, fingerprint: ___, ...own } = settings;
    expect((await ask("PUT", "/publisher", { ...own, path: "new-alpha", revision })).status).toBe(200);
    const moved = await read(`${src}.asc`);
    expect([moved.status, moved.headers.get("location")]).toEqual([
      301,
      `${src.replace(`/csaf/${world.csafPath}/`, "/csaf/new-alpha/")}.asc`,
    ]);
    expect((await read(String(moved.headers.get("location")))).status).toBe(200);
    const theirs = (await other.administrator.send("GET", "/api/publisher")).body;
    const { addresses: _a, warning: _w, fingerprint: _f, ...others } = theirs;
    const taken = await other.administrator.send("PUT", "/api/publisher", { ...others, path: world.csafPath });
    expect(taken.status).toBe(409);
    expect((await ask("PUT", "/publisher", { ...own, revision: revision + 1 })).status).toBe(200);
    expect((await read(src)).status).toBe(200);
  });

  test("each organisation signs with a key of its own, in a file that only its owner reads", () => {
    const keys = readdirSync(folder).filter((name) => name.startsWith("openpgp-"));
    expect(keys).toHaveLength(2);
    for (const name of keys) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  test("a pipeline's key reads VEX and publishes nothing", async () => {
    const made = await ask("POST", "/keys", { name: "hospital", scopes: ["vex:read", "advisory:publish"] });
    expect(made.status).not.toBe(201);
    const key = await ask("POST", "/keys", { name: "hospital", scopes: ["vex:read"] });
    const headers = { authorization: `Bearer ${key.body.secret}` };
    const vex = async (format: string) =>
      (await fetch(`${server.url}/api/releases/${world.releaseId}/vex.json?format=${format}`, { headers })).json();
    const cyclonedx = await vex("cyclonedx");
    expect(cyclonedx.vulnerabilities.map((one: { analysis: { state: string } }) => one.analysis.state)).toContain(
      "exploitable",
    );
    expect((await vex("openvex")).statements.length).toBe(cyclonedx.vulnerabilities.length);
    const csaf = await vex("csaf");
    expect((await checkDocument(csaf, [])).filter(({ level }) => level === "error")).toEqual([]);
  });
});

test("the letter becomes a tagged PDF and a DOCX, and the ledger names each with its hash", async () => {
  const id = world.securityAdvisoryId;
  const { text, units, takesBack } = (await ask("GET", `/advisories/${id}/letter`)).body;
  expect(takesBack).toBe(true);
  expect(text.whatHappened).toContain("It was another part.");
  expect(text.contact).toContain(`${PUBLIC_URL}/csaf/${world.csafPath}/white/`);
  expect(units.map((unit: { serial: string }) => unit.serial)).toEqual(["ALPHA-0001"]);
  const cookie = [...world.administrator.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const letter = async (format: string, patientRisk = "None *that* #we [know].") => {
    const answer = await fetch(`${server.url}/api/advisories/${id}/letter/${format}`, {
      method: "POST",
      headers: { origin: server.url, cookie, "content-type": "application/json" },
      body: JSON.stringify({ text: { ...text, patientRisk } }),
    });
    return Buffer.from(await answer.arrayBuffer());
  };
  const pdf = await letter("pdf");
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  expect(pdf.includes("/MarkInfo")).toBe(true);
  expect((await letter("docx")).subarray(0, 2).toString()).toBe("PK");
  expect((await letter("pdf", "A line\u000bbreak\u0007")).subarray(0, 5).toString()).toBe("%PDF-");
  const refused = JSON.parse((await letter("pdf", "A pump 🩺 in 北")).toString());
  expect(refused).toMatchObject({ status: 400, detail: expect.stringMatching(/No font on this machine has .*🩺/) });
  const { items } = (await ask("GET", `/ledger/entries?subjectId=${id}&limit=50`)).body;
  const actions = items.map((entry: { action: string }) => entry.action).reverse();
  expect(actions).toEqual([
    "advisory.drafted",
    "advisory.published",
    "advisory.changed",
    "advisory.published",
    "advisory.changed",
    "advisory.changed",
    "advisory.withdrawn",
    "advisory.letter-exported",
    "advisory.letter-exported",
    "advisory.letter-exported",
  ]);
});

describe("more than fits", () => {
  const within = <T>(act: (trx: Trx, scope: Scope) => Promise<T>) => {
    const scope = {
      organizationId: world.organizationId,
      actor: { kind: "system", id: "test", name: "test" } as const,
    };
    return inScope(server.database.db, scope, (trx) => act(trx, scope));
  };

  test("a site late in the alphabet is offered however many units stand before it, and all are counted", async () => {
    const { body: before } = await ask("GET", `/advisories/${world.securityAdvisoryId}/letter`);
    await within((trx) =>
      sql`insert into unit (organization_id, id, device_id, release_id, serial, site, status)
        select ${world.organizationId}::uuid, gen_random_uuid(), ${world.deviceId}::uuid, ${world.releaseId}::uuid, 'many-' || n,
          case n when 0 then 'Zeta clinic' else 'Alpha hospital' end, 'in-use' from generate_series(0, 50000) n`.execute(
        trx,
      ),
    );
    const { body } = await ask("GET", `/advisories/${world.securityAdvisoryId}/letter`);
    expect(body.sites).toEqual(expect.arrayContaining(["Alpha hospital", "Zeta clinic"]));
    expect(body.unitCount).toBe(before.unitCount + 50_001);
    const { body: zeta } = await ask("GET", `/advisories/${world.securityAdvisoryId}/letter?site=Zeta%20clinic`);
    expect(zeta).toMatchObject({ unitCount: 1, units: [{ serial: "many-0" }] });
  });

  test("findings beyond what one document states are refused, not left out", async () => {
    const some = await within((trx, scope) => stated.statedFindings(trx, scope, { releaseId: world.releaseId }, 100));
    expect(some.length).toBeGreaterThan(0);
    const fewer = some.length - 1;
    await expect(
      within((trx, scope) => stated.statedFindings(trx, scope, { releaseId: world.releaseId }, fewer)),
    ).rejects.toMatchObject({ code: "too_large", fix: expect.any(String) });
  });
});
