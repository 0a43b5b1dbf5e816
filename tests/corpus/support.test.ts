import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readSbom } from "../../src/features/devices/sbom/read-sbom.ts";
import { sampleComponent } from "../../src/features/devices/sbom/sample-component.ts";
import type { Component, Sbom } from "../../src/features/devices/sbom/schema.ts";
import { componentsOf } from "../../src/features/intel/assess/assess.ts";
import { PartSupport } from "../../src/features/intel/assess/schema.ts";
import { supportOfParts } from "../../src/features/intel/assess/support.ts";
import { IndexBuilder } from "../../src/features/intel/rank-index/build-index.ts";
import { RankIndex } from "../../src/features/intel/rank-index/open-index.ts";
import { readFeeds } from "../../src/features/intel/read-feeds.ts";
import { Fault } from "../../src/lib/fault.ts";
import { MemoryFile } from "../../src/lib/random-access.ts";
import { feedLimits } from "../../src/platform/files/input-limits.ts";
import { walkInputs } from "../../src/platform/files/walk-inputs.ts";
import { feeds } from "../support/read-feed-text.ts";
import { documentsIn, sbomArchives } from "./sbom-documents.ts";

const corpus = join(process.env.CORDON_CORPUS ?? resolve(import.meta.dirname, "../../../shared/data"), "threats");
const there = existsSync(join(corpus, "eol"));
if (!there) console.log("skipped: the ends of support are not in the corpus (set CORDON_CORPUS)");

const part = sampleComponent;
const cpe = (name: string) => part({ cpes: [`cpe:2.3:a:${name}:*:*:*:*:*:*:*`] });
const purl = (text: string) => part({ purl: `pkg:${text}` });
const linux = (version: string) => part({ type: "operating-system", name: "linux", version });

describe.runIf(there)("ends of support of real products and parts", () => {
  const file = new MemoryFile("support.db");
  let index: RankIndex;

  beforeAll(async () => {
    const builder = new IndexBuilder(file, new Date("2026-11-01T00:00:00Z"));
    const paths = ["eol", "advisories/rustsec.tar.gz", "mapping"].map((name) => join(corpus, name));
    const counts = { products: 0, cycles: 0, unmaintainedCrates: 0 };
    for await (const item of readFeeds(walkInputs(paths, { limits: feedLimits }), { feeds })) {
      if (item.type !== "record") continue;
      builder.add(item.record);
      if (item.record.kind !== "support") continue;
      const { source, cycles } = item.record.support;
      counts.cycles += cycles.length;
      if (source === "rustsec") counts.unmaintainedCrates += 1;
      else counts.products += 1;
    }
    const about = builder.finish();
    index = new RankIndex(file);
    console.log(`support: ${JSON.stringify(counts)}, ${about.counts.support} records in the index`);
    expect(counts).toEqual({ products: 464, cycles: 8351, unmaintainedCrates: 145 });
    expect(about.feeds.find(({ name }) => name === "endoflife.date")?.newestAt?.slice(0, 7)).toBe("2026-08");
  });

  /** Each read by hand in the product's file. */
  test.each<[what: string, Component, day: string, level: string, endsOn: string | null, cycle: string | null]>([
    ["OpenSSL 1.1.1k", cpe("openssl:openssl:1.1.1k"), "2023-09-11", "active", "2023-09-11", "1.1.1"],
    ["OpenSSL 1.1.1k: premium only", cpe("openssl:openssl:1.1.1k"), "2023-09-12", "limited", null, "1.1.1"],
    ["OpenSSL 1.1.0: no premium", cpe("openssl:openssl:1.1.0l"), "2026-11-01", "ended", "2019-09-11", "1.1.0"],
    ["OpenSSL 3.4.1", cpe("openssl:openssl:3.4.1"), "2026-10-22", "active", "2026-10-22", "3.4"],
    ["kernel 5.10", linux("5.10.101"), "2026-11-01", "active", "2026-12-31", "5.10"],
    ["kernel 5.10 a day late", linux("5.10.101"), "2027-01-01", "ended", "2026-12-31", "5.10"],
    ["Python 3.9", cpe("python:python:3.9.2"), "2026-11-01", "ended", "2025-10-31", "3.9"],
    ["Python 3.9: security only", cpe("python:python:3.9.2"), "2024-01-01", "security-only", "2025-10-31", "3.9"],
    ["Debian 11", purl("deb/debian/bash@5.1-2?distro=debian-11"), "2026-11-01", "ended", "2026-08-31", "Debian 11"],
    [
      "Debian 11 in LTS",
      purl("deb/debian/bash@5.1-2?distro=debian-11"),
      "2025-11-01",
      "limited",
      "2026-08-31",
      "Debian 11",
    ],
    [
      "Ubuntu 20.04",
      purl("deb/ubuntu/bash@5?distro=ubuntu-20.04"),
      "2026-11-01",
      "limited",
      "2030-04-02",
      "Ubuntu 20.04",
    ],
    [
      "Alpine 3.18",
      purl("apk/alpine/zlib@1.2.13-r1?distro=alpine-3.18.4"),
      "2026-11-01",
      "ended",
      "2025-05-09",
      "Alpine Linux 3.18",
    ],
    ["CentOS 7", purl("rpm/centos/bash@4.2?distro=centos-7"), "2026-11-01", "ended", "2024-06-30", "CentOS 7"],
    ["Qt 5.15: commercial only", cpe("qt:qt:5.15.2"), "2025-05-25", "limited", "2025-05-25", "5.15"],
    ["Qt 5.15", cpe("qt:qt:5.15.2"), "2026-11-01", "ended", "2025-05-25", "5.15"],
    ["Electron 22", cpe("electronjs:electron:22.3.5"), "2026-11-01", "ended", "2023-10-10", "22"],
    ["Node.js 22", cpe("nodejs:node.js:22.4.1"), "2026-11-01", "security-only", "2027-04-30", "22"],
    ["Node.js 18: commercial only", cpe("nodejs:node.js:18.20.1"), "2026-11-01", "limited", null, "18"],
    ["Log4j 2.14", purl("maven/org.apache.logging.log4j/log4j-core@2.14.1"), "2026-11-01", "active", null, "2"],
    [
      "Log4j 2.12, an ended branch",
      purl("maven/org.apache.logging.log4j/log4j-core@2.12.1"),
      "2026-11-01",
      "ended",
      "2021-12-14",
      "2.12",
    ],
    ["Log4j 1", purl("maven/log4j/log4j@1.2.17"), "2026-11-01", "ended", "2015-10-15", "1"],
    ["Django 4.2", purl("pypi/Django@4.2.11"), "2026-11-01", "ended", "2026-04-07", "4.2"],
    ["Spring 5.3", purl("maven/org.springframework/spring-core@5.3.39"), "2026-11-01", "limited", "2029-06-30", "5.3"],
    ["PostgreSQL 13", cpe("postgresql:postgresql:13.4"), "2026-11-01", "ended", "2025-11-13", "13"],
    ["SQLite as one number", cpe("sqlite:sqlite:3320300"), "2026-11-01", "active", null, "3"],
    ["an unmaintained crate", purl("cargo/badge@0.3.0"), "2026-11-01", "unmaintained", null, null],
    ["the crate before that was told", purl("cargo/badge@0.3.0"), "2022-08-31", "unknown", null, null],
    ["a kernel no stable stream has", linux("5.20.1"), "2026-11-01", "unknown", null, null],
    ["curl, which no record speaks of", cpe("haxx:libcurl:7.81.0"), "2026-11-01", "unknown", null, null],
  ])("%s", (_, component, day, level, endsOn, cycle) => {
    const [found] = supportOfParts([component], index, new Date(`${day}T12:00:00Z`));
    expect(found).toMatchObject({ level, endsOn, cycle });
  });

  test("the parts of every SBOM have a level or a reason", async () => {
    const levels: Record<string, number> = {};
    const rules: Record<string, number> = {};
    let sboms = 0;
    let ms = 0;
    for await (const { path, bytes } of documentsIn([...sbomArchives("sbom"), ...sbomArchives("embedded")])) {
      const sbom = readOrNull(bytes, path);
      if (sbom === null) continue;
      sboms += 1;
      const components = componentsOf([{ path, sbom }]);
      const startedAt = performance.now();
      const parts = supportOfParts(components, index, new Date("2026-11-01T00:00:00Z"));
      ms += performance.now() - startedAt;
      for (const one of parts) {
        if (!PartSupport.safeParse(one).success) throw new Error(JSON.stringify(one));
        if (one.because.said === "") throw new Error(`no reason: ${JSON.stringify(one)}`);
        levels[one.level] = (levels[one.level] ?? 0) + 1;
        if (one.level !== "unknown") rules[one.because.rule] = (rules[one.because.rule] ?? 0) + 1;
      }
    }
    const total = Object.values(levels).reduce((sum, n) => sum + n, 0);
    const known = total - (levels.unknown ?? 0);
    console.log(
      `support of ${total} parts in ${sboms} SBOMs, ${known} known: ${JSON.stringify(levels)} by ${JSON.stringify(rules)}; ${Math.round((ms * 1000) / total)} µs a part`,
    );
    expect(sboms).toBeGreaterThan(370);
    expect(known).toBeGreaterThan(4_000);
  });
});

function readOrNull(bytes: Uint8Array, name: string): Sbom | null {
  try {
    return readSbom(bytes, { name });
  } catch (fault) {
    if (fault instanceof Fault) return null;
    throw fault;
  }
}
