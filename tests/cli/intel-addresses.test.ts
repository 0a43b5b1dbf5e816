import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cordon, folderWith } from "./run-cordon.ts";
import { OSV_CRITICAL } from "./sample-feeds.ts";

let server: Server;
let base = "";
const folder = folderWith({});
const feed = JSON.stringify(OSV_CRITICAL);

beforeAll(async () => {
  const to = (location: string) => [302, { location }, ""] as const;
  const answers: Record<string, readonly [number, Record<string, string>, string]> = {
    "/feed": [200, {}, feed],
    "/moved": to("/feed"),
    "/429": [429, { "retry-after": "60" }, ""],
    "/500": [500, {}, "oops"],
    "/cut": [200, { "content-length": "100000" }, feed],
    "/file": to("file:///etc/hostname"),
    "/loop": to("/loop"),
    "/huge": [200, { "content-length": "2000000000" }, ""],
  };
  server = createServer((request, response) => {
    const [status, headers, body] = answers[request.url ?? ""] ?? [404, {}, ""];
    response.writeHead(status, headers);
    response.write(body, () => (request.url === "/cut" ? response.destroy() : response.end()));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const build = (out: string, ...paths: string[]) =>
  cordon(["intel", "build", "--from", ...paths.map((path) => base + path), "--out", join(folder, out)]);

test("a feed is read from an address, also where it moved to", async () => {
  expect(await build("good.db", "/moved")).toMatchObject({ code: 0, err: expect.stringMatching(/osv +1 records/) });
});

test.each([
  ["/429", /The address answered 429 \(too many requests\)\. Try again later, or leave the address out/],
  ["/500", /The address answered 500/],
  ["/404", /The address answered 404/],
  ["/cut", /The transfer broke off/],
  ["/file", /redirects to file:\/\/\/etc\/hostname, which is no http or https address/],
  ["/loop", /redirects more than 5 times/],
  ["/huge", /2000000000 bytes; at most/],
])("%s ends the build with exit code 2 even beside a good one, and writes nothing", async (path, reason) => {
  const { code, err } = await build("none.db", "/feed", path);
  expect(code).toBe(2);
  expect(err).toMatch(reason);
  expect(existsSync(join(folder, "none.db"))).toBe(false);
});
