import { statSync, symlinkSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { KEV } from "../../../../tests/cli/sample-feeds.ts";
import { type FeedServer, feedServer } from "../../../../tests/support/feed-server.ts";
import { Loader } from "../../../../tests/support/load-from.ts";

let server: FeedServer;
let loader: Loader;
const PATH = "/kev.json";

const entry = (number: number) => ({ ...KEV.vulnerabilities[0], cveID: `CVE-2025-${number}` });
const catalogue = (...numbers: number[]) => ({ ...KEV, vulnerabilities: numbers.map(entry) });
const many = Array.from({ length: 400 }, (_, i) => 10_000 + i);

beforeAll(async () => {
  server = await feedServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.asked.length = 0;
  server.next(PATH);
  server.put(PATH, catalogue(2000));
  loader = new Loader("cisa-kev", { catalog: server.base + PATH });
});
afterEach(() => loader.close());

const statuses = () => server.asked.map(({ status }) => status);

describe("a feed that behaves", () => {
  test("is taken once, and then only asked whether it changed", async () => {
    await loader.visit();
    expect(await loader.ids()).toEqual(["CVE-2025-2000"]);
    const first = loader.state;
    loader.now = new Date("2026-11-25T06:00:00Z");
    await loader.visit();
    expect(statuses()).toEqual([200, 304]);
    expect(loader.state).toMatchObject({
      succeededAt: "2026-11-25T06:00:00.000Z",
      changedAt: first.changedAt,
      failure: null,
    });
    expect(loader.state.documents).toEqual(first.documents);
  });

  test("is taken again when it changed, and begun anew when what was kept is gone", async () => {
    await loader.visit();
    server.put(PATH, catalogue(2000, 2001));
    await loader.visit();
    expect(await loader.ids()).toEqual(["CVE-2025-2000", "CVE-2025-2001"]);
    await loader.files.prune(new Set());
    await loader.visit();
    expect(statuses()).toEqual([200, 200, 200]);
    expect(await loader.ids()).toHaveLength(2);
  });
});

describe("a server that is busy", () => {
  test("429 with Retry-After: waits at least as long as it asks", async () => {
    server.next(PATH, { status: 429, headers: { "retry-after": "7" } });
    await loader.visit();
    expect(statuses()).toEqual([429, 200]);
    expect(loader.waits[0]).toBeGreaterThanOrEqual(7_000);
    expect(loader.state.failure).toBeNull();
  });

  test("500, then 200: tries again after a growing, random wait", async () => {
    server.next(PATH, { status: 500 }, { status: 503 });
    await loader.visit();
    expect(statuses()).toEqual([500, 503, 200]);
    expect(loader.waits).toEqual([750, 1500]);
  });

  test.each([
    [
      "Retry-After longer than anyone waits",
      { status: 429, headers: { "retry-after": "7200" } },
      1,
      /asks to wait 7200 s/,
    ],
    ["a refusal", { status: 403 }, 1, /answered 403/],
    ["nothing there", { status: 404 }, 1, /There is no known_exploited/],
  ])("%s ends the visit at once, and what was known stays", async (_, odd, asked, reason) => {
    await loader.visit();
    server.asked.length = 0;
    server.put(PATH, catalogue(1, 2, 3));
    server.next(PATH, odd);
    await loader.visit();
    expect(server.asked).toHaveLength(asked);
    expect(loader.state.failure?.reason).toMatch(reason);
    expect(await loader.ids()).toEqual(["CVE-2025-2000"]);
  });

  test("after five tries it is left for the next run, which works", async () => {
    server.next(PATH, ...Array.from({ length: 5 }, () => ({ status: 502 })));
    await loader.visit();
    expect(loader.state).toMatchObject({ succeededAt: null, failure: { code: "unavailable" } });
    await loader.visit();
    expect(loader.state.failure).toBeNull();
  });
});

test("a limit that is used up says until when, as GitHub's refusal does", async () => {
  const reset = String(loader.now.getTime() / 1000 + 30);
  server.next(PATH, { status: 403, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset } });
  await loader.visit();
  expect(statuses()).toEqual([403, 200]);
  expect(loader.waits[0]).toBeGreaterThanOrEqual(30_000);
});

test("a server that trickles is given up, a slow one that brings enough is not", async () => {
  const { bodyOf } = await import("../../../platform/loading/ask.ts");
  const { retryRules } = await import("../../../platform/loading/retry.ts");
  const rules = { ...retryRules, quietMs: 120, leastBytes: 1_000 };
  const every = (bytes: number) =>
    new Response(
      new ReadableStream({
        pull: async (to) => {
          await new Promise((resolve) => setTimeout(resolve, 40));
          to.enqueue(new Uint8Array(bytes));
        },
      }),
    );
  const read = async (bytes: number, enough: number) => {
    let size = 0;
    const tools = { fetch: async () => every(1), signal: new AbortController().signal, rules };
    for await (const chunk of bodyOf(every(bytes), tools)) {
      size += chunk.length;
      if (size >= enough) return size;
    }
    return size;
  };
  await expect(read(1, 1_000)).rejects.toThrow(/too slow/);
  expect(await read(600, 6_000)).toBe(6_000);
});

test("a full disk ends the visit with a reason; what was known stays", async () => {
  await loader.visit();
  server.put(PATH, catalogue(...many));
  symlinkSync("/dev/full", await loader.files.partFor(server.base + PATH));
  await loader.visit();
  expect(loader.state.failure).toMatchObject({ code: "unavailable", reason: expect.stringMatching(/written to disk/) });
  expect(await loader.ids()).toEqual(["CVE-2025-2000"]);
  await loader.visit();
  expect(await loader.ids()).toHaveLength(400);
});

describe("a transfer that is cut", () => {
  const whole = JSON.stringify(catalogue(...many));

  test("goes on where it was, with Range and If-Range", async () => {
    server.put(PATH, whole);
    server.next(PATH, { cutAfter: 20_000 });
    await loader.visit();
    expect(statuses()).toEqual([200, 206]);
    expect(server.asked[1]?.headers.range).toBe("bytes=20000-");
    expect(await loader.ids()).toHaveLength(400);
  });

  test("goes on in a later run too", async () => {
    server.put(PATH, whole);
    server.next(PATH, { cutAfter: 20_000 }, { status: 500 }, { status: 500 }, { status: 500 }, { status: 500 });
    await loader.visit();
    expect(loader.state.failure?.code).toBe("unavailable");
    await loader.visit();
    expect(statuses().at(-1)).toBe(206);
    expect(await loader.ids()).toHaveLength(400);
  });

  test("begins anew when the document became another meanwhile", async () => {
    server.put(PATH, whole);
    server.next(PATH, { cutAfter: 20_000 }, { status: 500 }, { status: 500 }, { status: 500 }, { status: 500 });
    await loader.visit();
    server.put(PATH, catalogue(...many, 1234));
    await loader.visit();
    expect(statuses().at(-1)).toBe(200);
    expect(await loader.ids()).toHaveLength(401);
  });
});

describe("a feed that changed its shape stops and says so", () => {
  test.each<[string, object | string, RegExp]>([
    ["an error page", "<html><body>Please accept our cookies</body></html>", /no record can be read/],
    ["another top level", { catalogue: { items: [entry(1)] } }, /no record can be read/],
    ["nothing", "", /no record can be read/],
    ["an emptied list", catalogue(), /no record can be read/],
    [
      "records of another form",
      { ...KEV, vulnerabilities: [...many.slice(0, 300).map(entry), ...many.slice(300).map((id) => ({ id }))] },
      /100 of 400 records .* cannot be used/,
    ],
    ["half of it gone", catalogue(...many.slice(0, 150)), /had 400 records and has 150 now/],
  ])("%s", async (_, content, reason) => {
    server.put(PATH, catalogue(...many));
    await loader.visit();
    server.put(PATH, content);
    await loader.visit();
    expect(loader.state.failure).toMatchObject({ code: "bad_input", reason: expect.stringMatching(reason) });
    expect(loader.state.failure?.reason).toContain("changed its shape");
    expect(await loader.ids()).toHaveLength(400);
  });

  test("one bad record is named and left out", async () => {
    server.put(PATH, { ...KEV, vulnerabilities: [...many.map(entry), { cveID: 5 }] });
    await loader.visit();
    expect(loader.state.failure).toBeNull();
    expect(loader.state.problems).toEqual([{ at: expect.stringContaining("400"), reason: expect.any(String) }]);
    expect(await loader.ids()).toHaveLength(400);
  });

  test("anew takes what would be refused", async () => {
    server.put(PATH, catalogue(...many));
    await loader.visit();
    server.put(PATH, catalogue(1, 2));
    await loader.visit({ anew: true });
    expect(loader.state.failure).toBeNull();
    expect(await loader.ids()).toHaveLength(2);
  });
});

describe("limits", () => {
  test("a source larger than may be kept is refused, and what was known stays", async () => {
    await loader.visit();
    server.put(PATH, catalogue(...many));
    await loader.visit({ maxKeptBytes: 10_000 });
    expect(loader.state.failure?.code).toBe("too_large");
    expect(await loader.ids()).toEqual(["CVE-2025-2000"]);
  });

  test("an answer longer than its limit is not taken: said at once, or noticed on the way", async () => {
    const { download } = await import("../../../platform/loading/download.ts");
    const { namedFetch } = await import("../../../platform/files/named-fetch.ts");
    const tools = { fetch: namedFetch, signal: new AbortController().signal };
    const part = await loader.files.partFor("x");
    server.put(PATH, "x".repeat(5_000));
    await expect(download(server.base + PATH, part, { maxBytes: 4_999 }, tools)).rejects.toThrow(/5000 bytes; at most/);
    const silent = async () => new Response(new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(4096)) }));
    await expect(download("http://x/", part, { maxBytes: 10_000 }, { ...tools, fetch: silent })).rejects.toThrow(
      /More than/,
    );
    expect(() => statSync(part)).toThrow();
  });
});

test("a stop leaves what was reached, and the next visit goes on", async () => {
  const stop = new AbortController();
  stop.abort(new Error("asked to stop"));
  await expect(loader.visit({}, stop.signal)).rejects.toThrow("asked to stop");
  await loader.visit();
  expect(loader.state.failure).toBeNull();
});
