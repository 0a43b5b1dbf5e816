import { describe, expect, test } from "vitest";
import { sampleComponent } from "../../devices/sbom/sample-component.ts";
import type { Component } from "../../devices/sbom/schema.ts";
import { noSupportRecord } from "../normalise/support.ts";
import { indexOf } from "../rank-index/sample-intel.ts";
import type { FeedRecord, SupportCycle, SupportRecord } from "../schema.ts";
import { supportOf } from "./support-of.ts";

const component = sampleComponent;
const purl = (text: string) => component({ purl: `pkg:${text}` });
const cpe = (name: string) => component({ cpes: [`cpe:2.3:a:${name}:*:*:*:*:*:*:*`] });

const cycle = (name: string, securityUntil: SupportCycle["securityUntil"], more: Partial<SupportCycle> = {}) => ({
  cycle: name,
  codename: null,
  releasedOn: null,
  activeUntil: null,
  securityUntil,
  extendedUntil: null,
  latest: `${name}.99`,
  ...more,
});
const record = (name: string, said: Partial<SupportRecord>): FeedRecord => ({
  kind: "support",
  support: { ...noSupportRecord, record: name, source: "endoflife.date", title: name, ...said },
});
const debian = (
  name: string,
  level: "ended" | "limited",
  since: string | null,
  release: string | null,
  isPrefix = false,
) =>
  record(`${level} ${name}`, {
    source: "debian-security-support",
    debian: { name, isPrefix, release },
    statement: { level, since, said: `${level}: ${name}`, versions: null },
  });

const intel = indexOf([
  record("tool", {
    names: ["tool"],
    cpes: ["maker:tool"],
    purls: ["pkg:npm/%40maker/tool", "pkg:generic/tool", "pkg:deb/debian/tool", "pkg:docker/library/tool"],
    cycles: [cycle("2", "2027-06-30"), cycle("1", "2025-06-30")],
  }),
  record("server", { cpes: ["redis:redis"], cycles: [cycle("4", "2024-01-31")] }),
  record("kernel", { cpes: ["linux:linux_kernel"], cycles: [cycle("5.10", "2026-12-31")] }),
  record("Debian", {
    cpes: ["debian:debian_linux"],
    cycles: [
      cycle("12", "2026-07-11", { extendedUntil: "2028-06-30" }),
      cycle("11", "2024-08-14", { codename: "Bullseye", extendedUntil: "2026-08-31" }),
    ],
  }),
  record("Alpine", { cpes: ["alpinelinux:alpine_linux"], cycles: [cycle("3.18", "2025-05-09")] }),
  debian("chromium", "ended", "2025-03-31", "12"),
  debian("golang", "limited", null, null, true),
  debian("lxd", "ended", "2027-01-31", "12"),
  record("one", { cpes: ["maker:both"], cycles: [cycle("1", "2025-06-30")] }),
  record("two", { cpes: ["maker:both"], cycles: [cycle("1", "2026-06-30")] }),
  record("RUSTSEC-2024-0001", {
    source: "rustsec",
    purls: ["pkg:cargo/badge"],
    statement: {
      level: "unmaintained",
      since: "2024-01-02",
      said: "Reported as unmaintained",
      versions: {
        scheme: "cargo",
        exceptions: [],
        everyVersion: false,
        intervals: [{ from: null, fromInclusive: true, to: "2.0.0", toInclusive: false, fixed: "2.0.0" }],
      },
    },
  }),
  {
    kind: "same-product",
    sameProduct: { purl: "pkg:github/maker/tool", cpeVendor: "maker", cpeProduct: "tool", source: "map" },
  },
]);
const on = (part: Component, day = "2026-11-01", system: string | null = null) =>
  supportOf(part, intel, { asOf: new Date(`${day}T12:00:00Z`), system });

describe("how a part is supported (FDA 2023, V.A.4(b))", () => {
  test.each<[what: string, Component, level: string, endsOn: string | null, rule: string]>([
    ["its package URL", purl("npm/%40maker/tool@1.4.0"), "ended", "2025-06-30", "package"],
    ["a version of another cycle", purl("npm/%40maker/tool@2.0.0"), "active", "2027-06-30", "package"],
    ["a container image", purl("docker/library/tool@2.1-slim"), "active", "2027-06-30", "package"],
    ["its CPE name", cpe("maker:tool:1.4"), "ended", "2025-06-30", "cpe"],
    [
      "the kernel by its name",
      component({ type: "operating-system", name: "linux", version: "5.10.101" }),
      "active",
      "2026-12-31",
      "linux-kernel",
    ],
    [
      "a distribution's package, by its release",
      purl("deb/debian/tool@1.4-1?distro=debian-11"),
      "ended",
      "2026-08-31",
      "distribution",
    ],
    ["by code name", purl("deb/debian/tool@1.4-1?distro=bullseye"), "ended", "2026-08-31", "distribution"],
    [
      "Debian 12 in long-term support",
      purl("deb/debian/tool@2-1?distro=debian-12.5"),
      "limited",
      "2028-06-30",
      "distribution",
    ],
    ["Alpine", purl("apk/alpine/tool@2-r1?distro=alpine-3.18.4"), "ended", "2025-05-09", "distribution"],
    [
      "the distribution itself",
      component({ type: "operating-system", name: "debian", version: "11" }),
      "ended",
      "2026-08-31",
      "distribution",
    ],
    [
      "ended by Debian before its release",
      purl("deb/debian/chromium@1?distro=debian-12"),
      "ended",
      "2025-03-31",
      "debian-list",
    ],
    [
      "by source package",
      purl("deb/debian/chromium-common@1?distro=debian-12&upstream=chromium"),
      "ended",
      "2025-03-31",
      "debian-list",
    ],
    ["of another release", purl("deb/debian/chromium@1?distro=debian-11"), "ended", "2026-08-31", "distribution"],
    [
      "limited by a name's beginning",
      purl("deb/debian/golang-1.19@1?distro=debian-12"),
      "limited",
      "2028-06-30",
      "debian-list",
    ],
    [
      "an announced end before the release's",
      purl("deb/debian/lxd@5?distro=debian-12"),
      "limited",
      "2027-01-31",
      "debian-list",
    ],
    ["a crate reported as unmaintained", purl("cargo/badge@1.0.0"), "unmaintained", null, "package"],
  ])("%s", (_, part, level, endsOn, rule) => {
    expect(on(part)).toMatchObject({ level, endsOn, because: { rule } });
  });

  test.each<[what: string, Component, said: RegExp]>([
    [
      "no identity",
      component({ name: "tool", version: "1.4" }),
      /^Neither .*; under that name endoflife.date knows tool \(maker:tool\)$/,
    ],
    ["no version", cpe("maker:tool:*"), /^It has no version; endoflife.date knows tool by cycles$/],
    ["no such cycle", cpe("maker:tool:7.1"), /belongs to none of its 2 cycles/],
    ["no record", cpe("maker:other:1"), /^No record of support speaks of it$/],
    [
      "a language's package with a server's CPE name",
      component({ purl: "pkg:pypi/redis@4.5", cpes: ["cpe:2.3:a:redis:redis:4.5:*:*:*:*:*:*:*"] }),
      /^No record/,
    ],
    [
      "a distribution's package without release",
      purl("deb/debian/tool@1-1"),
      /does not say which release of debian it is from/,
    ],
    [
      "a distribution nobody speaks of",
      purl("apk/wolfi/tool@1?distro=wolfi-20230201"),
      /No record of support speaks of packages of wolfi/,
    ],
    ["records that disagree", cpe("maker:both:1.2"), /^Two records disagree: /],
    ["the maintained versions of an abandoned crate", purl("cargo/badge@2.0.0"), /is not about this version/],
  ])("not known, and why: %s", (_, part, said) => {
    const answer = on(part);
    expect(answer).toMatchObject({ level: "unknown", endsOn: null, cycle: null, latest: null });
    expect(answer.because.said).toMatch(said);
  });

  test("the release of a distribution comes from the SBOM's operating system where the package leaves it out", () => {
    expect(on(purl("deb/debian/tool@1-1"), "2026-11-01", "debian-12.5").cycle).toBe("Debian 12");
    expect(on(purl("apk/alpine/tool@1-r1"), "2026-11-01", "debian-12.5").level).toBe("unknown");
  });

  test("what was announced later than the day does not count", () => {
    expect(on(purl("cargo/badge@1.0.0"), "2023-12-31").level).toBe("unknown");
    expect(on(purl("npm/%40maker/tool@1.4.0"), "2025-06-30").level).toBe("active");
  });

  test("without a feed of support, that is the reason", () => {
    const answer = supportOf(cpe("maker:tool:1"), indexOf([]), { asOf: new Date(), system: null });
    expect(answer.because.said).toMatch(/^No feed of support dates/);
  });
});
