import { describe, expect, test } from "vitest";
import { sampleComponent } from "../../devices/sbom/sample-component.ts";
import type { Component } from "../../devices/sbom/schema.ts";
import { advisory, affectedItem, indexOf, interval } from "../rank-index/sample-intel.ts";
import { matchComponents } from "./match.ts";

const component = (said: Partial<Component>): Component => sampleComponent({ name: "thing", ...said });

const cpe = (text: string, said: Parameters<typeof affectedItem>[0]) => affectedItem({ cpe: text, ...said });
const npm = (name: string, from: string | null, to: string) =>
  affectedItem({ package: { ecosystem: "npm", name }, scheme: "npm", intervals: [interval(from, to)] });
const pip = (name: string, to: string) =>
  affectedItem({ package: { ecosystem: "PyPI", name }, scheme: "pypi", intervals: [interval(null, to)] });

const intel = indexOf([
  advisory("NPM-1", [npm("@scope/left", "1.0.0", "1.2.3")]),
  advisory("NPM-2", [npm("shared", null, "2.0.0")]),
  advisory("PIP-1", [pip("shared", "2.0.0")]),
  advisory("PIP-2", [pip("Zope.Interface", "5.0")]),
  advisory("GO-2", [
    affectedItem({
      package: { ecosystem: "Go", name: "example.org/Team/Shout" },
      scheme: "go",
      intervals: [interval(null, "1.1.0")],
    }),
  ]),
  advisory("GO-1", [
    affectedItem({
      package: { ecosystem: "Go", name: "example.org/mod" },
      scheme: "go",
      intervals: [interval("0", "1.4.0")],
    }),
  ]),
  advisory("RED-8", [
    affectedItem({
      package: { ecosystem: "Red Hat:enterprise_linux:8::baseos", name: "gnutls" },
      scheme: "rpm",
      intervals: [interval(null, "0:3.6.16-8.el8_9.3")],
    }),
  ]),
  advisory("DEB-12", [
    affectedItem({
      package: { ecosystem: "Debian:12", name: "openssl" },
      scheme: "deb",
      intervals: [interval(null, "3.0.11-1~deb12u2")],
    }),
  ]),
  advisory("CVE-2024-0001", [
    cpe("cpe:2.3:a:openssl:openssl:*:*:*:*:*:*:*:*", { scheme: "openssl", intervals: [interval("1.1.1", "1.1.1za")] }),
  ]),
  advisory("CVE-2024-0002", [
    cpe("cpe:2.3:o:linux:linux_kernel:*:*:*:*:*:*:*:*", {
      scheme: "linux",
      intervals: [interval("4.14", "6.8")],
      exceptions: [interval("5.10.209", "5.10.*", { toInclusive: true, fixed: null })],
    }),
  ]),
  advisory("CVE-2024-0003", [
    cpe("cpe:2.3:a:maker:tool:*:*:*:*:*:windows:*:*", { intervals: [interval(null, "9.0")] }),
    cpe("cpe:2.3:a:maker:tool:*:p1:*:*:*:*:*:*", { versions: ["4.2.8"] }),
  ]),
  advisory("CVE-2024-0004", [
    cpe("cpe:2.3:a:maker:agent:*:*:*:*:*:*:*:*", {
      intervals: [interval(null, "3.0")],
      platforms: ["cpe:2.3:o:qnx:neutrino:*:*:*:*:*:*:*:*"],
    }),
  ]),
  advisory("CVE-2024-0005", [
    cpe("cpe:2.3:o:maker:pump_firmware:*:*:*:*:*:*:*:*", {
      intervals: [interval(null, "3.0")],
      platforms: ["cpe:2.3:h:maker:pump:-:*:*:*:*:*:*:*"],
    }),
  ]),
  advisory("CVE-2024-0006", [
    affectedItem({ product: { vendor: "Maker", name: "Big Tool" }, intervals: [interval("1.0", "2.0")] }),
  ]),
  advisory("CVE-2024-0007", [cpe("cpe:2.3:a:gone:gone:*:*:*:*:*:*:*:*", { everyVersion: true })]),
  advisory("CVE-2024-0008", [
    cpe("cpe:2.3:a:lodash:lodash:*:*:*:*:*:node.js:*:*", { scheme: "npm", intervals: [interval(null, "4.17.21")] }),
  ]),
  {
    kind: "same-product",
    sameProduct: { purl: "pkg:npm/lodash", cpeVendor: "lodash", cpeProduct: "lodash", source: "map" },
  },
  {
    kind: "same-product",
    sameProduct: { purl: "pkg:deb/debian/openssl", cpeVendor: "openssl", cpeProduct: "openssl", source: "map" },
  },
  {
    kind: "same-product",
    sameProduct: {
      purl: "pkg:github/openssl/openssl",
      cpeVendor: "openssl_team",
      cpeProduct: "openssl",
      source: "map",
    },
  },
  {
    kind: "same-product",
    sameProduct: { purl: "pkg:github/openssl/openssl", cpeVendor: "openssl", cpeProduct: "openssl", source: "map" },
  },
]);

const idsFor = (said: Partial<Component>, others: Partial<Component>[] = []) =>
  matchComponents(intel, [said, ...others].map(component))
    .matches.filter((match) => match.component === 0)
    .map(({ record, rule }) => `${intel.head(record).id} ${rule}`)
    .sort();
const reasonFor = (said: Partial<Component>) => matchComponents(intel, [component(said)]).unmatched[0]?.reason ?? null;

describe("a component meets the records of its identity", () => {
  test.each<[string, Partial<Component>, string[]]>([
    ["npm with a scope, inside", { purl: "pkg:npm/%40scope/left@1.2.2" }, ["NPM-1 package"]],
    ["npm with a scope, the fixed version", { purl: "pkg:npm/%40scope/left@1.2.3" }, []],
    ["one name in two ecosystems", { purl: "pkg:npm/shared@1.0.0" }, ["NPM-2 package"]],
    ["the same name as PyPI", { purl: "pkg:pypi/shared@1.0.0" }, ["PIP-1 package"]],
    ["PyPI spelling", { purl: "pkg:pypi/zope-interface@4.9" }, ["PIP-2 package"]],
    ["the version beside the package URL", { purl: "pkg:npm/shared", version: "1.9.9" }, ["NPM-2 package"]],
    ["a Go module by its package URL", { purl: "pkg:golang/example.org/mod@v1.3.9" }, ["GO-1 package"]],
    ["a Go module by its path alone", { name: "example.org/mod@v1.3.9", version: "v1.3.9" }, ["GO-1 module-name"]],
    ["a path with another version stamped", { name: "example.org/mod@v1.3.9", version: "v1.5.0" }, []],
    ["Debian 12", { purl: "pkg:deb/debian/openssl@3.0.11-1~deb12u1?distro=debian-12" }, ["DEB-12 package"]],
    ["Debian 12, fixed", { purl: "pkg:deb/debian/openssl@3.0.11-1~deb12u2?distro=debian-12" }, []],
    ["Debian 11 is not Debian 12, nor upstream", { purl: "pkg:deb/debian/openssl@1.1.1n?distro=debian-11" }, []],
    [
      "a binary package by its source",
      { purl: "pkg:deb/debian/libssl3@3.0.9-1?distro=debian-12&upstream=openssl" },
      ["DEB-12 package"],
    ],
    [
      "a binary package by the source its document names beside the package URL",
      { purl: "pkg:deb/debian/libssl3@3.0.9-1?distro=debian-12", source: "openssl@3.0.9-1" },
      ["DEB-12 package"],
    ],
    [
      "by the source's own version",
      { purl: "pkg:deb/debian/libssl3@3.0.9-1?distro=debian-12", source: "openssl@3.0.11-1~deb12u2" },
      [],
    ],
    [
      "Red Hat 8, whichever repository carries it",
      { purl: "pkg:rpm/rhel/gnutls@3.6.16-4.el8?distro=rhel-8.5" },
      ["RED-8 package"],
    ],
    ["Red Hat 8, fixed", { purl: "pkg:rpm/redhat/gnutls@3.6.16-8.el8_9.3?distro=redhat-8.9" }, []],
    [
      "Red Hat 8, by the source package",
      { purl: "pkg:rpm/rhel/gnutls-dane@3.6.16-4.el8?upstream=gnutls-3.6.16-4.el8.src.rpm&distro=rhel-8.5" },
      ["RED-8 package"],
    ],
    ["Red Hat 9 is not Red Hat 8", { purl: "pkg:rpm/rhel/gnutls@3.6.16-4.el8?distro=rhel-9.0" }, []],
    ["a Go module that a tool wrote small", { purl: "pkg:golang/example.org/team/shout@v1.0.0" }, ["GO-2 package"]],
    ["CPE with OpenSSL letters", { cpes: ["cpe:2.3:a:openssl:openssl:1.1.1m:*:*:*:*:*:*:*"] }, ["CVE-2024-0001 cpe"]],
    ["CPE 2.2", { cpes: ["cpe:/a:openssl:openssl:1.1.1m"] }, ["CVE-2024-0001 cpe"]],
    ["CPE at the fix", { cpes: ["cpe:2.3:a:openssl:openssl:1.1.1za:*:*:*:*:*:*:*"] }, []],
    ["another vendor's product of one name", { cpes: ["cpe:2.3:a:other:openssl:1.1.1m:*:*:*:*:*:*:*"] }, []],
    [
      "a second vendor name of one product",
      { cpes: ["cpe:2.3:a:openssl_team:openssl:1.1.1m:*:*:*:*:*:*:*"] },
      ["CVE-2024-0001 same-product"],
    ],
    ["CPE without vendor", { cpes: ["cpe:2.3:a:*:openssl:1.1.1m:*:*:*:*:*:*:*"] }, ["CVE-2024-0001 cpe"]],
    ["CPE without part", { cpes: ["cpe:2.3:*:openssl:openssl:1.1.1m:*:*:*:*:*:*:*"] }, ["CVE-2024-0001 cpe"]],
    [
      "CPE without version takes the component's",
      { version: "1.1.1m", cpes: ["cpe:2.3:a:openssl:openssl:*:*:*:*:*:*:*:*"] },
      ["CVE-2024-0001 cpe"],
    ],
    ["upstream source by mapping", { purl: "pkg:github/openssl/openssl@1.1.1m" }, ["CVE-2024-0001 same-product"]],
    ["npm to CPE by mapping", { purl: "pkg:npm/lodash@4.17.20" }, ["CVE-2024-0008 same-product"]],
    [
      "kernel by CPE",
      { type: "operating-system", cpes: ["cpe:2.3:o:linux:linux_kernel:5.10.101:*:*:*:*:*:*:*"] },
      ["CVE-2024-0002 cpe"],
    ],
    [
      "kernel by name",
      { type: "operating-system", name: "linux", version: "5.10.208" },
      ["CVE-2024-0002 linux-kernel"],
    ],
    ["kernel with its stream's fix", { type: "operating-system", name: "linux", version: "5.10.209" }, []],
    [
      "kernel of the next stream",
      { type: "operating-system", name: "linux", version: "5.11.1" },
      ["CVE-2024-0002 linux-kernel"],
    ],
    ["kernel headers are not the kernel", { cpes: ["cpe:2.3:a:linux:linux_kernel:5.10.101:*:*:*:*:*:*:*"] }, []],
    ["a record for Windows", { cpes: ["cpe:2.3:a:maker:tool:8.0:*:*:*:*:*:*:*"] }, []],
    ["a component for Windows", { cpes: ["cpe:2.3:a:maker:tool:8.0:*:*:*:*:windows:*:*"] }, ["CVE-2024-0003 cpe"]],
    ["an update listed", { cpes: ["cpe:2.3:a:maker:tool:4.2.8:p1:*:*:*:*:*:*"] }, ["CVE-2024-0003 cpe"]],
    ["an update not listed", { cpes: ["cpe:2.3:a:maker:tool:4.2.8:p15:*:*:*:*:*:*"] }, []],
    [
      "firmware implies its hardware",
      { type: "firmware", cpes: ["cpe:2.3:o:maker:pump_firmware:2.9:*:*:*:*:*:*:*"] },
      ["CVE-2024-0005 cpe"],
    ],
    [
      "vendor and product words",
      { cpes: ["cpe:2.3:a:maker:big_tool:1.5:*:*:*:*:*:*:*"] },
      ["CVE-2024-0006 vendor-product"],
    ],
    ["no version, every version affected", { cpes: ["cpe:2.3:a:gone:gone:*:*:*:*:*:*:*:*"] }, ["CVE-2024-0007 cpe"]],
  ])("%s", (_, said, expected) => {
    expect(idsFor(said)).toEqual(expected);
  });

  test("an entry for a platform needs the platform among the components", () => {
    const agent = { cpes: ["cpe:2.3:a:maker:agent:2.0:*:*:*:*:*:*:*"] };
    const qnx = { type: "operating-system" as const, cpes: ["cpe:2.3:o:qnx:neutrino:7.1:*:*:*:*:*:*:*"] };
    expect(idsFor(agent)).toEqual([]);
    expect(matchComponents(intel, [component(agent)]).withheld).toMatchObject([{ component: 0, because: "platform" }]);
    expect(idsFor(agent, [qnx])).toEqual(["CVE-2024-0004 cpe"]);
  });

  test("the release of an operating-system component completes its packages' names", () => {
    const openssl = { purl: "pkg:deb/debian/openssl@3.0.9-1" };
    expect(idsFor(openssl, [{ type: "operating-system", name: "debian", version: "12.5" }])).toEqual([
      "DEB-12 package",
    ]);
    expect(idsFor(openssl)).toEqual([]);
  });

  test("what was published after the day asked about is withheld", () => {
    const left = component({ purl: "pkg:npm/%40scope/left@1.0.0" });
    const { matches, withheld } = matchComponents(intel, [left], { asOf: new Date("2025-05-31T23:59:59Z") });
    expect([matches, withheld.map(({ because }) => because)]).toEqual([[], ["published-later"]]);
  });
});

describe("what nothing can be said about has its reason", () => {
  test.each<[Partial<Component>, string | null]>([
    [
      { name: "openssl", version: "1.1.1" },
      "Neither a package URL nor a CPE name. Known under that name: openssl:openssl (CPE), Debian:12 openssl",
    ],
    [{ name: "quux", version: "1" }, "Neither a package URL nor a CPE name, and no record under that name"],
    [{ purl: "pkg:npm/shared" }, "It has no version; 1 record names npm shared, state the version to decide them"],
    [{ purl: "pkg:npm/shared@*" }, "It has no version; 1 record names npm shared, state the version to decide them"],
    [{ purl: "pkg:npm/other" }, "It has no version"],
    [
      { purl: "pkg:npm/shared@d64b08d5ba7fbc9155630f4843cf2e271b1629c0" },
      "The version d64b08d5ba7fbc9155630f4843cf2e271b1629c0 has no place in the order of npm shared releases; state the release it comes from",
    ],
    [{ purl: "pkg:hex/plug@1.0.0" }, "No feed in the intelligence speaks of Hex"],
    [
      { purl: "pkg:deb/debian/openssl@1.1.1n" },
      "Its package URL names no release of Debian that a feed speaks of; add or correct distro= (known: Debian:12)",
    ],
    [{ purl: "pkg:npm/clean@1.0.0" }, null],
    [{ purl: "pkg:npm/shared@2.0.0" }, null],
    [{ purl: "pkg:npm/shared@1.0.0" }, null],
  ])("%o", (said, reason) => {
    expect(reasonFor(said)).toBe(reason);
  });

  test.each([
    [{ purl: "not a purl" }, /^Not a package URL/],
    [{ cpes: ["cpe:2.3:x:a:b"] }, /is not a CPE name$/],
    [{ cpes: ["cpe:2.3:a:vendor:*:*:*:*:*:*:*:*:*"] }, /names no product$/],
  ])("%o", (said, reason) => {
    expect(reasonFor(said)).toMatch(reason);
  });
});

test("a document whose parts have findings without end is compared up to a bound, and the parts beyond it say so", () => {
  const busy = indexOf(
    Array.from({ length: 1000 }, (_, i) =>
      advisory(`BUSY-${i}`, [affectedItem({ package: { ecosystem: "npm", name: "busy" }, everyVersion: true })]),
    ),
  );
  const parts = Array.from({ length: 102 }, (_, i) => component({ purl: `pkg:npm/busy@1.0.${i}` }));
  const { matches, unmatched } = matchComponents(busy, parts);
  expect(matches.length).toBe(100_000);
  expect(unmatched).toEqual([
    { component: 100, reason: expect.stringContaining("Not compared: the parts before it have 100,000 findings") },
    { component: 101, reason: expect.stringContaining("Else split it") },
  ]);
});
