import { afterEach, expect, test, vi } from "vitest";
import { namedFetch } from "./named-fetch.ts";

afterEach(() => vi.unstubAllGlobals());

test.each([
  ["http://1.1.1.1/feed", "http://169.254.169.254/latest", /not on the public internet/],
  ["http://1.1.1.1/feed", "http://[::1]:8080/", /not on the public internet/],
  ["https://1.1.1.1/feed", "http://1.0.0.1/feed", /no longer https/],
  ["https://1.1.1.1/feed", "file:///etc/hostname", /no http or https address/],
  ["http://127.0.0.1/feed", "data:text/plain,x", /no http or https address/],
])("%s may not lead to %s", async (from, to, reason) => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: URL) => {
    asked.push(url.href);
    return new Response(null, { status: 302, headers: { location: to } });
  });
  await expect(namedFetch(from)).rejects.toThrow(reason);
  expect(asked).toEqual([from]);
});

test.each([
  ["http://127.0.0.1/feed", "http://127.0.0.2/feed"],
  ["http://1.1.1.1/feed", "https://1.0.0.1/feed"],
])("%s may lead to %s", async (from, to) => {
  vi.stubGlobal("fetch", async (url: URL) =>
    url.href === from ? new Response(null, { status: 302, headers: { location: to } }) : new Response(url.href),
  );
  expect(await (await namedFetch(from)).text()).toBe(to);
});
