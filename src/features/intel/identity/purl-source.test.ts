import { expect, test } from "vitest";
import { parsePurl } from "../../../lib/purl.ts";
import { sourceOfPurl, versionOfPurl } from "./purl-source.ts";

test.each([
  ["pkg:rpm/fedora/centerim@4.22.10-1.el6?epoch=1", "1:4.22.10-1.el6"],
  ["pkg:deb/debian/bsdutils@2.25.2-6?epoch=1", "1:2.25.2-6"],
  ["pkg:deb/debian/bsdutils@1:2.25.2-6?epoch=1", "1:2.25.2-6"],
  ["pkg:deb/debian/attr@1:2.4.47-2", "1:2.4.47-2"],
  ["pkg:npm/a@1?epoch=1", "1"],
  ["pkg:rpm/fedora/x@1?epoch=(none)", "1"],
  ["pkg:rpm/fedora/x", null],
])("%s has version %s", (purl, version) => {
  expect(versionOfPurl(parsePurl(purl))).toBe(version);
});

test.each([
  ["pkg:deb/debian/libssl1.1@1.1.1n?upstream=openssl", { name: "openssl", version: null }],
  ["pkg:deb/debian/libgcc-s1@12.2.0-14?upstream=gcc-12%4012.2.0-14", { name: "gcc-12", version: "12.2.0-14" }],
  ["pkg:rpm/rhel/audit-libs@2.8.5-4.el7?upstream=audit-2.8.5-4.el7.src.rpm", { name: "audit", version: "2.8.5-4.el7" }],
  [
    "pkg:rpm/sles/x@1?epoch=2&upstream=aaa_base-84.87+git20180409.04c9dae-3.57.1.src.rpm",
    { name: "aaa_base", version: "2:84.87+git20180409.04c9dae-3.57.1" },
  ],
  ["pkg:deb/debian/curl@7", null],
])("%s was built from %j", (purl, source) => {
  expect(sourceOfPurl(parsePurl(purl))).toEqual(source);
});
