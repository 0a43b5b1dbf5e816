import { expect, test } from "vitest";
import { sampleComponent } from "../../devices/sbom/sample-component.ts";
import type { Component } from "../../devices/sbom/schema.ts";
import { ASSESSMENT_RULES } from "../assess/rules.ts";
import { askedKeys, keyNumber, partsAsking } from "./asked-keys.ts";

const part = (said: Partial<Component>): Component => sampleComponent({ version: "1.0", ...said });

/** Keys are kept in the database. When this test has to change, releases must be compared again: raise `ASSESSMENT_RULES`. */
test("parts are looked up under the keys that are kept for them", () => {
  expect(ASSESSMENT_RULES).toBe(3);
  const keys = askedKeys([
    part({ purl: "pkg:npm/%40babel/core@7.0.0" }),
    part({ purl: "pkg:pypi/Zope.Interface@5.0" }),
    part({ purl: "pkg:maven/org.apache/log4j@2.0" }),
    part({ purl: "pkg:deb/debian/libssl3@3.0.9-1?distro=debian-12&upstream=openssl" }),
    part({ purl: "pkg:apk/alpine/libcurl@7.69.1-r0?distro=3.11.6", source: "curl@7.69.1-r0" }),
    part({ purl: "pkg:rpm/centos/bash@4.2.46-31.el7?distro=centos-7.6.1810" }),
    part({ purl: "pkg:golang/github.com/BurntSushi/toml@v1.2.0" }),
    part({ purl: "pkg:github/openssl/openssl@1.1.1m" }),
    part({ cpes: ["cpe:2.3:a:openssl:openssl:1.1.1m:*:*:*:*:*:*:*"] }),
    part({ cpes: ["cpe:2.3:a:*:busybox:1.30.0:*:*:*:*:*:*:*"] }),
    part({ type: "operating-system", name: "linux", version: "5.10.1" }),
    part({ name: "example.org/mod@v1.2.3", version: "v1.2.3" }),
    part({ name: "Big Tool" }),
  ]);
  expect([...keys].map((key) => key.replaceAll("\0", "|"))).toEqual([
    "p|npm|@babel/core",
    "p|PyPI|zope-interface",
    "p|Maven|org.apache:log4j",
    "p|Debian:12|libssl3",
    "p|Debian:12|openssl",
    "p|Alpine:v3.11|libcurl",
    "p|Alpine:v3.11|curl",
    "p|Red Hat|bash",
    "p|Red Hat:enterprise_linux:7|bash",
    "p|Red Hat:enterprise_linux:7::server|bash",
    "p|Red Hat:enterprise_linux:7::client|bash",
    "p|Red Hat:enterprise_linux:7::workstation|bash",
    "p|Red Hat:enterprise_linux:7::computenode|bash",
    "p|Red Hat:enterprise_linux:7::supplementary|bash",
    "p|Red Hat:enterprise_linux:7::fastdatapath|bash",
    "p|Go|github.com/burntsushi/toml",
    "u|github|openssl/openssl",
    "c|openssl|openssl",
    "c|*|openssl",
    "w|openssl|openssl",
    "n||busybox",
    "w|*|busybox",
    "c|linux|linux_kernel",
    "p|Linux|Kernel",
    "w|linux|linux",
    "w|linux|linux_kernel",
    "p|Go|example.org/mod",
    "n||big_tool",
  ]);
  expect(keyNumber("p\0npm\0lodash")).toBe(7260379919433889810n);
});

test("each part of a release asks under its own keys, a part of a distribution under those of the release's system", () => {
  const parts = [
    part({ type: "operating-system", name: "debian", version: "12" }),
    part({ purl: "pkg:deb/debian/openssl@3.0.9-1" }),
    part({ cpes: ["cpe:2.3:a:openssl:openssl:1.1.1m:*:*:*:*:*:*:*"] }),
    part({ name: "openssl" }),
  ];
  const asking = (key: string) => partsAsking(parts, new Set([key])).map((one) => parts.indexOf(one));
  expect(asking("p\0Debian:12\0openssl")).toEqual([1]);
  expect(asking("c\0openssl\0openssl")).toEqual([2]);
  expect(asking("n\0\0openssl")).toEqual([3]);
  expect(asking("p\0npm\0openssl")).toEqual([]);
  expect(new Set(askedKeys(parts))).toEqual(new Set(parts.flatMap((one) => [...askedKeys([parts[0] ?? one, one])])));
});
