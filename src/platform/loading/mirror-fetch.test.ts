import { afterEach, expect, test, vi } from "vitest";
import { mirrorFetch } from "./mirror-fetch.ts";

afterEach(() => vi.unstubAllGlobals());

const mirrors = ["http://10.0.0.5/osv", "http://10.0.0.5/csaf/provider-metadata.json"];

test.each([
  ["http://10.0.0.5/osv/npm/all.zip", true],
  ["http://10.0.0.5/osv", true],
  ["http://10.0.0.5/csaf/provider-metadata.json", true],
  ["http://10.0.0.5/csaf/white/changes.csv", true],
  ["http://10.0.0.5/osv-of-others/x", false],
  ["http://10.0.0.5/secrets", false],
  ["http://10.0.0.5/osv/../secrets", false],
  ["http://10.0.0.5:8080/osv/x", false],
  ["https://10.0.0.5/osv/x", false],
  ["https://feeds.example/osv/x", false],
])("%s is the administrator's own mirror: %s", async (url, ours) => {
  vi.stubGlobal("fetch", async () => new Response("mirror"));
  const answer = await mirrorFetch(mirrors, async () => new Response("public"))(url);
  expect(await answer.text()).toBe(ours ? "mirror" : "public");
});
