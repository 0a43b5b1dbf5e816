import { describe, expect, test } from "vitest";
import { allowedLocation } from "./location.ts";

const rules = { folders: ["/var/lib/cordon/feeds", "/opt/cordon/examples"] };

describe("a source reads only what was opened to it", () => {
  test.each([
    ["/var/lib/cordon/feeds/osv.zip", "/var/lib/cordon/feeds/osv.zip"],
    ["osv/npm", "/var/lib/cordon/feeds/osv/npm"],
    ["/opt/cordon/examples/advisories", "/opt/cordon/examples/advisories"],
    ["https://osv.example/all.zip", "https://osv.example/all.zip"],
  ])("%s is read from %s", (location, path) => {
    expect(allowedLocation(location, rules)).toBe(path);
  });

  test.each([
    "/etc/passwd",
    "../secrets/session",
    "/var/lib/cordon/feeds/../secrets",
    "/var/lib/cordon/feeds-of-others/x",
    "http://osv.example/all.zip",
    "file:///etc/passwd",
    "https://me:secret@osv.example/",
    "ftp://osv.example/",
  ])("%s is refused", (location) => {
    expect(() => allowedLocation(location, rules)).toThrow(/not open to feeds|read over https/);
  });
});
