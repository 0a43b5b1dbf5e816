import { createHash } from "node:crypto";
import { createMessage, generateKey, readPrivateKey, sign } from "openpgp";
import { beforeAll, describe, expect, test } from "vitest";
import { json, sourceWorld } from "../../../../tests/support/source-world.ts";

const world = sourceWorld();
const { load, put, paths } = world;
let keys: { publicKey: string; privateKey: string };
beforeAll(async () => {
  keys = await generateKey({ userIDs: [{ name: "Example PSIRT" }], format: "armored" });
});

const advisory = (id: string, version = "1") =>
  json({
    document: {
      category: "csaf_security_advisory",
      csaf_version: "2.0",
      title: `${id} of the example pump`,
      publisher: { name: "Example", category: "vendor", namespace: "https://example.org" },
      tracking: {
        id,
        status: "final",
        version,
        initial_release_date: "2026-01-01T00:00:00Z",
        current_release_date: "2026-01-01T00:00:00Z",
        revision_history: [],
      },
    },
    product_tree: {
      branches: [
        {
          category: "vendor",
          name: "Example",
          branches: [{ category: "product_name", name: "Pump", product: { product_id: "A", name: "Pump" } }],
        },
      ],
    },
    vulnerabilities: [{ cve: "CVE-2026-1000", product_status: { known_affected: ["A"] } }],
  });

const signed = async (text: string) =>
  sign({
    message: await createMessage({ binary: Buffer.from(text) }),
    signingKeys: await readPrivateKey({ armoredKey: keys.privateKey }),
    detached: true,
    format: "armored",
  });

const url = (path: string) => `${world.server.base}/csaf/site/${path}`;
const metadata = (distributions: object[], withKeys = false) =>
  put("csaf", "provider/provider-metadata.json", {
    publisher: { name: "Example" },
    public_openpgp_keys: withKeys ? [{ url: url("key.asc") }] : [],
    distributions,
  });
const provider = () => {
  const loader = load("csaf");
  loader.setup = { ...loader.setup, bases: { provider: `${world.server.base}/csaf/provider/provider-metadata.json` } };
  return loader;
};

async function offer(path: string, text: string, { hash = text, signature = true } = {}): Promise<void> {
  put("csaf", `site/${path}`, text);
  put("csaf", `site/${path}.sha256`, `${createHash("sha256").update(hash).digest("hex")}  ${path}\n`);
  put("csaf", `site/${path}.sha512`, null);
  put("csaf", `site/${path}.asc`, signature ? await signed(text) : null);
}

test("a domain's metadata are found by its security.txt when they are not at the well-known place", async () => {
  const csaf = provider();
  csaf.setup = { ...csaf.setup, bases: { provider: `${world.server.base}/csaf/domain` } };
  metadata([{ directory_url: url("white/") }]);
  await offer("white/2026/a.json", advisory("A-1"));
  put("csaf", "site/white/index.txt", null);
  put("csaf", "site/white/changes.csv", '"2026/a.json","2026-02-01T00:00:00Z"\n');
  put(
    "csaf",
    "domain/.well-known/security.txt",
    `Contact: mailto:psirt@example.org\nCSAF: ${world.server.base}/csaf/provider/provider-metadata.json\n`,
  );
  await csaf.visit();
  expect(csaf.state.failure).toBeNull();
  expect(await csaf.ids()).toEqual(["A-1/CVE-2026-1000"]);
});

describe("a provider with a directory", () => {
  test("gives what changed since, oldest first; a document with another hash is named and left out", async () => {
    const csaf = provider();
    metadata([{ directory_url: url("white/") }]);
    await offer("white/2026/a.json", advisory("A-1"));
    await offer("white/2026/b.json", advisory("B-1"), { hash: "something else" });
    put("csaf", "site/white/index.txt", "2026/a.json\n2026/b.json\n");
    put(
      "csaf",
      "site/white/changes.csv",
      '"2026/b.json","2026-02-02T00:00:00Z"\n"2026/a.json","2026-02-01T00:00:00Z"\n',
    );
    await csaf.visit();
    expect(csaf.state.failure).toBeNull();
    expect(await csaf.ids()).toEqual(["A-1/CVE-2026-1000"]);
    expect(csaf.state.problems).toMatchObject([
      { at: url("white/2026/b.json"), reason: expect.stringContaining("SHA256") },
    ]);

    await offer("white/2026/a.json", advisory("A-1", "2"));
    await offer("white/2026/b.json", advisory("B-1"));
    put(
      "csaf",
      "site/white/changes.csv",
      '"2026/a.json","2026-03-01T00:00:00Z"\n"2026/b.json","2026-02-02T00:00:00Z"\n',
    );
    world.server.asked.length = 0;
    await csaf.visit();
    expect(await csaf.ids()).toEqual(["A-1/CVE-2026-1000", "B-1/CVE-2026-1000"]);
    expect(paths().filter((path) => path.endsWith(".json"))).toHaveLength(3);
    world.server.asked.length = 0;
    await csaf.visit();
    expect(paths().filter((path) => path.endsWith(".json"))).toEqual(["provider-metadata.json"]);
  });

  test("a revision under a time that was seen before is taken; one bad line is named; a list that was cut drops nothing", async () => {
    const csaf = provider();
    metadata([{ directory_url: url("white/") }]);
    put("csaf", "site/white/index.txt", null);
    const names = Array.from({ length: 30 }, (_, i) => `2026/a-${i}.json`);
    for (const [i, name] of names.entries()) await offer(`white/${name}`, advisory(`A-${i}`));
    const list = (lines: string[]) => put("csaf", "site/white/changes.csv", lines.join("\n"));
    const DAY = "2026-02-02T06:00:00Z";
    list(names.map((name) => `"${name}","${name === names[0] ? "2026-01-01T06:00:00Z" : DAY}"`));
    await csaf.visit();
    expect(await csaf.ids()).toHaveLength(30);

    await offer(`white/${names[0]}`, advisory("REVISED", "2"));
    list([...names.map((name) => `"${name}","${DAY}"`), '"2026/odd.json","some day"']);
    await csaf.visit();
    expect(await csaf.ids()).toContain("REVISED/CVE-2026-1000");
    expect(csaf.state).toMatchObject({
      failure: null,
      problems: [{ reason: expect.stringContaining("is no date") }],
    });

    list(names.slice(0, 3).map((name) => `"${name}","${DAY}"`));
    await csaf.visit();
    expect(csaf.state.failure?.reason).toMatch(/30 documents are kept, and it lists 3 now/);
    expect(await csaf.ids()).toHaveLength(30);
    await csaf.visit({ anew: true });
    expect(await csaf.ids()).toHaveLength(3);
  });

  test("a path that leads out of it is refused", async () => {
    const csaf = provider();
    metadata([{ directory_url: url("white/") }]);
    put("csaf", "site/white/index.txt", null);
    put("csaf", "site/white/changes.csv", '"../../secret.json","2026-02-02T00:00:00Z"\n');
    await csaf.visit();
    expect(csaf.state.failure?.reason).toMatch(/leads out of the directory/);
  });
});

describe("a provider with a ROLIE feed and keys", () => {
  test("gives only what its keys signed, and stops when nothing holds", async () => {
    const csaf = provider();
    metadata(
      [
        {
          rolie: {
            feeds: [
              { url: url("feed.json"), tlp_label: "WHITE" },
              { url: url("red.json"), tlp_label: "RED" },
            ],
          },
        },
      ],
      true,
    );
    put("csaf", "site/key.asc", keys.publicKey);
    const entry = (path: string, updated: string) => ({
      id: path,
      updated,
      link: [
        { rel: "self", href: url(path) },
        { rel: "hash", href: url(`${path}.sha256`) },
        { rel: "signature", href: url(`${path}.asc`) },
      ],
      content: { type: "application/json", src: url(path) },
    });
    put("csaf", "site/feed.json", {
      feed: {
        entry: [
          entry("x/a.json", "2026-02-01T00:00:00Z"),
          entry("x/b.json", "2026-02-02T00:00:00Z"),
          entry("x/c.json", "2026-02-03T00:00:00Z"),
        ],
      },
    });
    await offer("x/a.json", advisory("A-1"));
    await offer("x/b.json", advisory("B-1"), { signature: false });
    await offer("x/c.json", advisory("C-1"));
    put("csaf", "site/x/c.json.asc", await signed("another text"));
    await csaf.visit();
    expect(await csaf.ids()).toEqual(["A-1/CVE-2026-1000"]);
    expect(csaf.state.problems.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("not signed"),
      expect.stringContaining("signature does not hold"),
    ]);
    expect(paths()).not.toContain("red.json");

    put("csaf", "site/feed.json", { feed: { entry: [entry("x/c.json", "2026-02-04T00:00:00Z")] } });
    await csaf.visit();
    expect(csaf.state.failure?.reason).toMatch(/none of 1 documents holds/);
    expect(await csaf.ids()).toEqual(["A-1/CVE-2026-1000"]);
  });
});
