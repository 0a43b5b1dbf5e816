import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { cordon } from "./run-cordon.ts";

const KEY = "cordon_key";
let close = async () => {};
afterEach(() => close());

/** What answers on a free port of this machine until the test is over. */
async function answering(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  close = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    close = async () => {};
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const json =
  (status: number, body: unknown): RequestListener =>
  (_, response) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
const clocks = (url: string, ...args: string[]) => cordon(["clocks", "--server", url, "--key", KEY, ...args]);

test.each<[what: string, args: string[], env: Record<string, string>, said: string]>([
  ["no server", [], {}, "--server: Which server? Give its address, or set CORDON_URL."],
  [
    "an address that is none",
    ["--server", "cordon"],
    {},
    "--server: Which server? Give its address, or set CORDON_URL.",
  ],
  [
    "no http address",
    [],
    { CORDON_URL: "ftp://localhost" },
    "--server: Which server? Give its address, or set CORDON_URL.",
  ],
  [
    "no key",
    ["--server", "http://127.0.0.1:1"],
    { CORDON_API_KEY: "" },
    "--key: The server asks for an API key. Make one under People, Keys, and set CORDON_API_KEY.",
  ],
  [
    "the key of the help's example",
    ["--server", "http://127.0.0.1:1"],
    { CORDON_API_KEY: "…" },
    "--key: The API key has a blank or a character that no key has. Copy it whole, as it was shown.",
  ],
  [
    "a key with the line end of its file",
    ["--server", "http://127.0.0.1:1"],
    { CORDON_API_KEY: `${KEY}\n` },
    "--key: The API key has a blank or a character that no key has. Copy it whole, as it was shown.",
  ],
  [
    "nobody at the address",
    ["--server", "http://127.0.0.1:1", "--key", KEY],
    {},
    "http://127.0.0.1:1: The server does not answer. Check the address.",
  ],
  [
    "a format there is not",
    ["--format", "yaml"],
    {},
    "option '--format <format>' argument 'yaml' is invalid. Allowed choices are table, json.",
  ],
  [
    "the name of a clock",
    ["us-fda-postmarket"],
    {},
    "too many arguments for 'clocks'. Expected 0 arguments but got 1: us-fda-postmarket.",
  ],
  ["a day", ["--as-of", "2026-02-30"], {}, "unknown option '--as-of'"],
])("%s is refused before anything is asked", async (_, args, env, said) => {
  expect(await cordon(["clocks", ...args], env)).toEqual({ code: 2, out: "", err: `cordon: ${said}\n` });
});

test("a refused key is said with the server that refuses it, and is asked for as it was given", async () => {
  let asked = "";
  const url = await answering((request, response) => {
    asked = `${request.method} ${request.url} ${request.headers.authorization}`;
    json(401, {
      code: "not_signed_in",
      detail: "This API key is unknown, expired or revoked",
      fix: "Make a new one",
    })(request, response);
  });
  expect(await clocks(url, "--all")).toEqual({
    code: 2,
    out: "",
    err: `cordon: ${url}: This API key is unknown, expired or revoked. Make a new one.\n`,
  });
  expect(asked).toBe(`GET /api/clocks?show=all&limit=200 Bearer ${KEY}`);
});

test("an address that leads elsewhere is not followed with the key; where it leads is said", async () => {
  let asked = 0;
  const url = await answering((request, response) => {
    asked += 1;
    response.writeHead(308, { location: `https://cordon.example${request.url}` }).end();
  });
  const { code, err } = await clocks(url);
  expect([code, err, asked]).toEqual([
    2,
    `cordon: ${url}: The address leads elsewhere. Give https://cordon.example if you trust it.\n`,
    1,
  ]);
});

test.each<[what: string, RequestListener, said: string]>([
  [
    "a page",
    (_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html>"),
    "The address answered 200. Is it a Cordon server?",
  ],
  ["a server in trouble", json(502, "no"), "The address answered 502. Is it a Cordon server?"],
  [
    "other JSON",
    json(200, { items: [{ id: "1" }], next: null, total: { count: 1, exact: true } }),
    "The answer cannot be read: /items/0/id: Invalid UUID. Use the command of the server's version.",
  ],
])("%s is no bug of ours, and said with its address", async (_, listener, said) => {
  const url = await answering(listener);
  expect(await clocks(url)).toEqual({ code: 2, out: "", err: `cordon: ${url}: ${said}\n` });
});

const clock = {
  ...{
    id: "01900000-0000-7000-8000-000000000000",
    clock: "us-fda-postmarket.communicate",
    instrument: "us-fda-postmarket",
  },
  ...{
    title: "T",
    edition: "2016-12-28",
    market: "US",
    task: "Tell customers",
    section: "VII.B",
    source: "https://fda.gov",
  },
  ...{ startsWhen: "s", stopsWhen: "s", evidenceAsked: "e", period: { days: 30 }, event: "uncontrolled-risk-decided" },
  ...{ subject: { type: "case", id: "1", label: "Risk 1", deviceId: null }, owner: null, state: "running" },
  ...{ timeZone: "Asia/Tokyo", startedAt: "2026-11-01T00:00:00Z", startedBy: "Ada", startEvidence: { text: "t" } },
  ...{
    dueAt: "2026-12-01T14:59:59.999Z",
    dueOn: "2026-12-01",
    toTheHour: false,
    used: 0.999,
    stop: null,
    voided: null,
  },
  revision: 1,
};
const pageOf = (count: number, next: string | null) => ({
  items: Array.from({ length: count }, () => clock),
  next,
  total: { count: 10_000, exact: false },
});

test("a clock that still runs has not used all of its time, and nobody by name answers for it", async () => {
  const { out } = await clocks(await answering(json(200, pageOf(1, null))));
  expect(out).toContain("│ 2026-12-01 (Asia/Tokyo) │ runs  │ 99 % of 30 days │");
  expect(out).toContain("nobody by name");
});

test("what is left out is said", async () => {
  const { code, out, err } = await clocks(await answering(json(200, pageOf(5_000, "more"))), "--format", "json");
  expect([code, JSON.parse(out).length]).toEqual([0, 10_000]);
  expect(err).toBe("cordon: there are more: only the first 10000 are here.\n");
});

test("a server that has a next page and nothing on any ends the reading", async () => {
  expect(await clocks(await answering(json(200, pageOf(0, "more"))))).toEqual({
    code: 0,
    out: "No clock runs.\n",
    err: "",
  });
});
