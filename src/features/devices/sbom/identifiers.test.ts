import { expect, test } from "vitest";
import { readHash } from "./hashes.ts";
import { cpeFlaw, purlFlaw, purlIdentity, purlParts } from "./identifiers.ts";

test.each([
  ["pkg:npm/left-pad@1.3.0", true],
  ["pkg:npm/%40angular/core@17.0.0", true],
  ["pkg:npm/@angular/core@17.0.0", true],
  ["pkg:deb/debian/curl@7.88.1-10+deb12u5?arch=amd64&distro=debian-12", true],
  ["pkg:golang/google.golang.org/genproto#googleapis/api", true],
  ["pkg://npm/a@1", true],
  ["pkg:npm", false],
  ["pkg:npm/", false],
  ["pkg:npm/@1.0", true],
  ["pkg:npm/a b@1", false],
  ["pkg:npm/a%2@1", false],
  ["pkg:npm/a?b=c@1", true],
  ["npm/a@1", false],
  ["https://github.com/a/b", false],
])("package URL %s is sound: %s", (purl, sound) => {
  expect(purlFlaw(purl) === null).toBe(sound);
});

test.each([
  ["pkg:npm/%40angular/core@17.0.0", "pkg:npm/%40angular/core", "core", "17.0.0"],
  ["pkg:npm/@angular/core", "pkg:npm/@angular/core", "core", null],
  ["pkg:deb/debian/curl@7.88.1-10%2Bdeb12u5?arch=amd64", "pkg:deb/debian/curl", "curl", "7.88.1-10+deb12u5"],
  [
    "pkg:golang/google.golang.org/genproto@v1#googleapis/api",
    "pkg:golang/google.golang.org/genproto#googleapis/api",
    "genproto",
    "v1",
  ],
  ["pkg:NPM/a@1", "pkg:npm/a", "a", "1"],
  ["pkg:generic/a@%zz", "pkg:generic/a", "a", "%zz"],
])("%s stays %s from version to version", (purl, identity, name, version) => {
  expect(purlIdentity(purl)).toBe(identity);
  expect(purlParts(purl)).toEqual({ name, version });
});

test.each([
  ["cpe:2.3:a:openssl:openssl:3.0.1:*:*:*:*:*:*:*", true],
  ["cpe:2.3:o:linux:linux_kernel:-:*:*:*:*:*:*:*", true],
  ["cpe:2.3:a:haxx:curl:7.88.1-10\\+deb12u5:*:*:*:*:*:*:*", true],
  ["cpe:2.3:a:haxx:curl:7.88.1+deb:*:*:*:*:*:*:*", false],
  ["cpe:2.3:a:haxx:curl:7.*:*:*:*:*:*:*:*", true],
  ["cpe:2.3:a:haxx:curl:*:*:*:*:*:*:*", false],
  ["cpe:2.3:x:haxx:curl:1:*:*:*:*:*:*:*", false],
  ["cpe:/a:openssl:openssl:3.0.1", true],
  ["cpe:/a:b:c:d:e:f:g:h:i", false],
  ["cpe:2.4:a:b", false],
])("CPE %s is sound: %s", (cpe, sound) => {
  expect(cpeFlaw(cpe) === null).toBe(sound);
});

test.each([
  ["SHA256", "AB".repeat(32), { algorithm: "SHA-256", value: "ab".repeat(32) }, null],
  ["sha3_512", "0".repeat(128), { algorithm: "SHA3-512", value: "0".repeat(128) }, null],
  ["BLAKE3", "00", { algorithm: "BLAKE3", value: "00" }, null],
  ["SHA-1", "AB", { algorithm: "SHA-1", value: "AB" }, "SHA-1 has 40 digits, this one 2"],
  ["MD5", "hello", { algorithm: "MD5", value: "hello" }, "it is not hexadecimal"],
])("hash %s %s is spelt one way in all formats", (algorithm, value, hash, flaw) => {
  expect(readHash(algorithm, value)).toEqual({ hash, flaw });
});
