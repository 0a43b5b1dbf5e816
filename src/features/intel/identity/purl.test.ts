import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "../../../lib/fault.ts";
import { formatPurl, parsePurl } from "../../../lib/purl.ts";
import { PURL_TYPES } from "../../../lib/purl-types.ts";
import { packageOfPurl } from "./purl-package.ts";

describe("one package under its many spellings", () => {
  test.each([
    ["pkg:PYPI/Django_package@1.11.1.dev1", "pkg:pypi/django-package@1.11.1.dev1"],
    ["pkg:npm/@babel/core@7.0.0", "pkg:npm/%40babel/core@7.0.0"],
    ["pkg:deb/debian/attr@1:2.4.47-2+b1?Arch=amd64", "pkg:deb/debian/attr@1:2.4.47-2%2Bb1?arch=amd64"],
    ["pkg://golang/github.com/BurntSushi/toml@v1.2.0", "pkg:golang/github.com/BurntSushi/toml@v1.2.0"],
    ["pkg:github/Package-URL/Purl-Spec@1", "pkg:github/package-url/purl-spec@1"],
    [" pkg:generic/a%20b@1%2F2 ", "pkg:generic/a%20b@1%2F2"],
    ["pkg:rpm/fedora/curl@7?epoch=1&arch=", "pkg:rpm/fedora/curl@7?epoch=1"],
    [
      "pkg:golang/google.golang.org/genproto#/../googleapis/./api/",
      "pkg:golang/google.golang.org/genproto#googleapis/api",
    ],
  ])("%s is %s", (written, canonical) => {
    expect(formatPurl(parsePurl(written))).toBe(canonical);
    expect(parsePurl(canonical, "strict")).toEqual(parsePurl(written));
  });
});

describe("refusals name the place", () => {
  test.each([
    ["openssl@1.1.1", "scheme"],
    ["", "scheme"],
    ["pkg:openssl@1.1.1", "name"],
    ["pkg:npm/", "name"],
    ["pkg:3nginx/nginx", "type"],
    ["pkg:npm/a?in%20production=true", "qualifiers.in%20production"],
    ["pkg:npm/a?__proto__=x", "qualifiers.__proto__"],
    ["pkg:cpan/URI::PackageURL", "name"],
    [`pkg:npm/${"a".repeat(9000)}`, "purl"],
  ])("%j: %s", (text, at) => {
    const reading = () => parsePurl(text);
    expect(reading).toThrow(Fault);
    expect(reading).toThrow(expect.objectContaining({ at }));
  });

  test.each([
    ["pkg:swift/Alamofire@5.4.3", "namespace"],
    ["pkg:vcpkg/boost/asio@1", "namespace"],
    ["pkg:julia/Dates", "qualifiers.uuid"],
    ["pkg:rpm/fedora/curl?Arch=i386", "qualifiers.Arch"],
    ["pkg:npm/a?x=1&x=2", "qualifiers.x"],
    ["pkg:npm/a%zz", "name"],
  ])("only the strict reading refuses %s at %s", (text, at) => {
    expect(() => parsePurl(text, "strict")).toThrow(expect.objectContaining({ at }));
    expect(parsePurl(text).name).not.toBe("");
  });
});

test.each([
  ["pkg:npm/%40angular/core@12", "npm", "@angular/core"],
  ["pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1", "Maven", "org.apache.logging.log4j:log4j-core"],
  ["pkg:golang/github.com/gin-gonic/gin@v1.9.0", "Go", "github.com/gin-gonic/gin"],
  ["pkg:golang/stdlib@1.20", "Go", "stdlib"],
  ["pkg:composer/Symfony/Http-Kernel@5", "Packagist", "symfony/http-kernel"],
  ["pkg:cargo/time@0.1", "crates.io", "time"],
  ["pkg:gem/rails@6", "RubyGems", "rails"],
  ["pkg:deb/debian/openssl@1.1.1n?distro=debian-11", "Debian:11", "openssl"],
  ["pkg:deb/debian/openssl@1.1.1n?distro=bullseye", "Debian:11", "openssl"],
  ["pkg:deb/debian/openssl@1.1.1n", "Debian", "openssl"],
  ["pkg:deb/ubuntu/openssl@1?distro=ubuntu-22.04", "Ubuntu:22.04:LTS", "openssl"],
  ["pkg:deb/ubuntu/openssl@1?distro=ubuntu-23.10", "Ubuntu:23.10", "openssl"],
  ["pkg:deb/ubuntu/openssl@1?distro=bookworm", "Ubuntu", "openssl"],
  ["pkg:deb/openssl@1?distro=bookworm", "Debian:12", "openssl"],
  ["pkg:apk/alpine/openssl@1?distro=alpine-3.18.4", "Alpine:v3.18", "openssl"],
  ["pkg:apk/alpine/openssl@1?distro=3.18.4", "Alpine:v3.18", "openssl"],
  ["pkg:alpine/openssl@1?distro=alpine-3.12.12", "Alpine:v3.12", "openssl"],
  ["pkg:apk/wolfi/openssl@1", "Wolfi", "openssl"],
  ["pkg:rpm/rocky/openssl@1?distro=rocky-9.2", "Rocky Linux:9", "openssl"],
  ["pkg:rpm/redhat/openssl@1?distro=rhel-9.2", "Red Hat", "openssl"],
  ["pkg:rpm/opensuse/openssl@1?distro=opensuse-leap-15.4", "openSUSE:Leap 15.4", "openssl"],
  ["pkg:deb/debian/openssl@3.0.9-1?distro=debian-bookworm", "Debian:12", "openssl"],
  ["pkg:deb/ubuntu/openssl@1?distro=debian-bookworm", "Ubuntu", "openssl"],
  ["pkg:rpm/opensuse-leap/bash@5.1-1?arch=x86_64&distro=opensuse-leap-15.6", "openSUSE:Leap 15.6", "bash"],
  ["pkg:rpm/opensuse-tumbleweed/bash@5.1-1", "openSUSE:Tumbleweed", "bash"],
  ["pkg:rpm/ol/openssl@1.1.1k-9.el8?distro=ol-8.9", "Oracle Linux", "openssl"],
  ["pkg:rpm/opensuse/curl@7.56.1-1.1?arch=i386&distro=opensuse-tumbleweed", "openSUSE:Tumbleweed", "curl"],
  ["pkg:rpm/opensuse/curl@8.0.1-1.1?distro=opensuse-tumbleweed-20230401", "openSUSE:Tumbleweed", "curl"],
])("%s is %s %s", (purl, ecosystem, name) => {
  expect(packageOfPurl(parsePurl(purl))).toEqual({ ecosystem, name });
});

test.each(["pkg:generic/openssl@1", "pkg:docker/nginx@1", "pkg:deb/acme/openssl@1", "pkg:github/a/b@1"])(
  "%s is in no ecosystem",
  (purl) => {
    expect(packageOfPurl(parsePurl(purl))).toBeNull();
  },
);

test("the same name in two ecosystems is two packages", () => {
  const packages = ["pkg:npm/time@1", "pkg:cargo/time@1", "pkg:gem/time@1"].map((one) => packageOfPurl(parsePurl(one)));
  expect(new Set(packages.map((one) => one?.ecosystem)).size).toBe(3);
});

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).map((value) => value.toWellFormed());
const purl = fc.record({
  type: fc.constantFrom("generic", "conan", "docker", "npm", "conda", "vendor.own"),
  namespace: fc.constantFrom(null, "a", "@scope", "a b/ü", "x.y/z"),
  name: text,
  version: fc.option(text, { nil: null }),
  qualifiers: fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9._-]{0,6}$/), text, { maxKeys: 3 }),
  subpath: fc.constantFrom(null, "a", "a/b c", "ü/%41"),
});

test("what is written is read back the same", () => {
  fc.assert(
    fc.property(purl, (one) => {
      fc.pre(one.type !== "conda" || one.namespace === null);
      const written = formatPurl({ ...one });
      expect(parsePurl(written, "strict")).toEqual(one);
      expect(formatPurl(parsePurl(written))).toBe(written);
    }),
    { numRuns: 2000 },
  );
});

test("a plain package URL reads as one that has something unusual in it, here a blank before it", () => {
  const sign = fc.constantFrom("a", "B", "1", ".", "..", "-", "_", "~", "+", "/", "@", "%40", "pkg:", "npm", "golang");
  const rest = fc.array(sign, { maxLength: 8 }).map((signs) => signs.join(""));
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(PURL_TYPES), "none"), rest, (type, after) => {
      for (const reading of ["lenient", "strict"] as const) {
        const read = (text: string) => {
          try {
            return parsePurl(text, reading);
          } catch (fault) {
            return String(fault);
          }
        };
        expect(read(`pkg:${type}/${after}`)).toEqual(read(` pkg:${type}/${after}`));
      }
    }),
    { numRuns: 3_000 },
  );
});

test("any text at all is read or refused with a Fault, and what is read is stable", () => {
  const type = fc.constantFrom(...Object.keys(PURL_TYPES));
  const near = fc.tuple(type, fc.string(), fc.string()).map(([a, b, c]) => `pkg:${a}/${b}@${c}`);
  const pieces = fc.array(
    fc.constantFrom("pkg:", "npm", "/", "@", "?", "#", "&", "=", "%", "%2F", "%40", "a", "..", ":", "swid"),
    {
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        near,
        pieces.map((p) => `pkg:git/${p.join("")}`),
      ),
      (input) => {
        try {
          const read = parsePurl(input);
          expect(parsePurl(formatPurl(read))).toEqual(read);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      },
    ),
    { numRuns: 5000 },
  );
});
