import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allDifferent, portfolio } from "../../bench/portfolio.ts";
import { readSbom } from "../../src/features/devices/sbom/read-sbom.ts";
import { sampleComponent } from "../../src/features/devices/sbom/sample-component.ts";
import type { Component, Sbom } from "../../src/features/devices/sbom/schema.ts";
import { assess } from "../../src/features/intel/assess/assess.ts";
import { Assessment, type Finding } from "../../src/features/intel/assess/schema.ts";
import { matchComponents } from "../../src/features/intel/match/match.ts";
import { IndexBuilder } from "../../src/features/intel/rank-index/build-index.ts";
import { RankIndex } from "../../src/features/intel/rank-index/open-index.ts";
import { readFeeds } from "../../src/features/intel/read-feeds.ts";
import { Fault } from "../../src/lib/fault.ts";
import { feedLimits } from "../../src/platform/files/input-limits.ts";
import { openRandomFile, replaceFile } from "../../src/platform/files/random-file.ts";
import { walkInputs } from "../../src/platform/files/walk-inputs.ts";
import { differences, plainMatches } from "../support/plain-match.ts";
import { feeds } from "../support/read-feed-text.ts";
import { documentsIn, sbomArchives } from "./sbom-documents.ts";

const corpus = join(process.env.CORDON_CORPUS ?? resolve(import.meta.dirname, "../../../shared/data"), "threats");
const there = existsSync(join(corpus, "advisories"));
if (!there) console.log("skipped: the threat feeds are not in the corpus (set CORDON_CORPUS)");
const FEEDS = [
  "advisories",
  "cisa-csaf",
  "distro",
  "eol",
  "epss",
  "kev",
  "mapping",
  "nvd-cpe-configurations",
  "vulnrichment",
];
const NOW = new Date("2026-11-01T00:00:00Z");

const part = sampleComponent;
const cpe = (name: string) => part({ cpes: [`cpe:2.3:a:${name}:*:*:*:*:*:*:*`] });
const purl = (text: string) => part({ purl: `pkg:${text}` });
const kernel = (version: string) =>
  part({
    type: "operating-system",
    name: "linux",
    version,
    cpes: [`cpe:2.3:o:linux:linux_kernel:${version}:*:*:*:*:*:*:*`],
  });
const deb = (text: string) => purl(`deb/debian/${text}`);

describe.runIf(there)("every feed of the corpus against parts and SBOMs that others published", () => {
  const folder = mkdtempSync(join(tmpdir(), "cordon-corpus-"));
  const path = join(folder, "intel.db");
  let index: RankIndex;
  let close = () => {};

  beforeAll(async () => {
    const startedAt = performance.now();
    const about = await replaceFile(path, async (sink) => {
      const builder = new IndexBuilder(sink, NOW);
      const inputs = walkInputs(
        FEEDS.map((name) => join(corpus, name)),
        { limits: feedLimits },
      );
      for await (const item of readFeeds(inputs, { feeds })) if (item.type === "record") builder.add(item.record);
      return builder.finish();
    });
    console.log(
      `built in ${Math.round((performance.now() - startedAt) / 1000)} s, ${statSync(path).size} bytes: ${JSON.stringify(about.counts)}`,
    );
    const file = openRandomFile(path);
    close = () => file.close();
    index = new RankIndex(file);
  });
  afterAll(() => {
    close();
    rmSync(folder, { recursive: true, force: true });
  });

  const findingsOf = (component: Component): Finding[] => {
    const sbom = { components: [component], subject: null, problems: [] } as unknown as Sbom;
    const subject = { name: "one part", version: null, path: "" };
    return assess({ subject, sboms: [{ path: "", sbom }] }, index, { now: NOW, asOf: null }).findings;
  };
  const namesOf = (component: Component) =>
    findingsOf(component).flatMap(({ advisory, aliases }) => [advisory, ...aliases]);

  test("remembered names change nothing: every SBOM and a portfolio match as when each part is read whole and alone", async () => {
    const releases: Component[][] = [...portfolio(index, 10_000), ...allDifferent(index, 10_000)].map((one) => [
      ...one,
    ]);
    for await (const { path: name, bytes } of documentsIn([...sbomArchives("sbom"), ...sbomArchives("embedded")]))
      try {
        releases.push(readSbom(bytes, { name }).components);
      } catch (fault) {
        if (!(fault instanceof Fault)) throw fault;
      }
    let matches = 0;
    for (const release of releases) {
      const plain = plainMatches(index, release);
      expect(differences(plain, matchComponents(index, release))).toEqual([]);
      matches += plain.length;
    }
    console.log(`${releases.length} releases, ${releases.flat().length} parts, ${matches} matches, all alike`);
  });

  /** Each read by hand in the source record. */
  test.each<[what: string, Component, string]>([
    ["Go: fixed 1.56.3", purl("golang/google.golang.org/grpc@v1.43.0"), "GO-2023-2153"],
    ["Go: third range of the record", purl("golang/google.golang.org/grpc@v1.58.2"), "GO-2023-2153"],
    ["Go: fixed 0.17.0", purl("golang/golang.org/x/net@v0.7.0"), "CVE-2023-39325"],
    [
      "Go: pseudo-version before 0.27.0",
      purl("golang/golang.org/x/oauth2@v0.0.0-20211104180415-d3ed0bb246c8"),
      "CVE-2025-22868",
    ],
    ["Go: +incompatible bound", purl("golang/github.com/docker/docker@v20.10.12"), "CVE-2023-28842"],
    ["Go: every version", purl("golang/gopkg.in/square/go-jose.v2@v2.6.0"), "CVE-2024-28180"],
    [
      "Go: module named by path",
      part({ name: "github.com/lestrrat-go/jwx@v1.2.17", version: "v1.2.17" }),
      "CVE-2023-49290",
    ],
    ["PyPI: from 2.3.0 to 2.31.0", purl("pypi/requests@2.26.0"), "CVE-2023-32681"],
    ["PyPI: name in capitals", purl("pypi/Pillow@8.3.1"), "CVE-2022-22817"],
    ["npm: CVE record's package, up to 0.33.0", purl("npm/libxmljs2@0.30.1"), "CVE-2024-34394"],
    ["npm: through the mapping", purl("npm/vm2@3.9.11"), "CVE-2026-44003"],
    ["npm: Retire.js range", purl("npm/jquery@3.4.1"), "CVE-2020-11023"],
    ["OpenSSL letters: 1.1.1m before 1.1.1za", cpe("openssl:openssl:1.1.1m"), "CVE-2024-5535"],
    ["OpenSSL: stream 3.4", cpe("openssl:openssl:3.4.1"), "CVE-2025-9231"],
    ["CPE: zlib before 1.3", cpe("zlib:zlib:1.2.11"), "CVE-2023-45853"],
    ["CPE: zlib under its other vendor name", cpe("gnu:zlib:1.2.11"), "CVE-2023-45853"],
    ["CPE: expat", cpe("libexpat_project:libexpat:2.4.7"), "CVE-2024-45490"],
    ["CPE: Python 3.10 stream", cpe("python:python:3.10.2"), "CVE-2024-8088"],
    ["CPE: mosquitto from 2.0.0", cpe("eclipse:mosquitto:2.0.14"), "CVE-2024-3935"],
    ["CPE: dropbear by year", cpe("dropbear_ssh_project:dropbear_ssh:2020.81"), "CVE-2025-47203"],
    ["CPE: sqlite", cpe("sqlite:sqlite:3.37.2"), "CVE-2025-6965"],
    ["vendor and product words: strongSwan 5.9.2 to 5.9.6", cpe("strongswan:strongswan:5.9.5"), "CVE-2022-4967"],
    ["kernel: fixed in 5.10.143", kernel("5.10.101"), "CVE-2022-48687"],
    ["kernel: one version before its fix", kernel("5.10.142"), "CVE-2022-48687"],
    ["kernel: exploited, fixed in 5.10.219", kernel("5.10.101"), "CVE-2024-36971"],
    ["kernel: stream without a fix", kernel("5.10.101"), "CVE-2024-26842"],
    ["kernel by name", part({ type: "operating-system", name: "linux", version: "5.10.101" }), "CVE-2024-1086"],
    ["Debian 11: DSA-5111", deb("zlib1g@1:1.2.11.dfsg-2?distro=debian-11&upstream=zlib"), "CVE-2018-25032"],
    ["Debian 11: DSA-5197, one of fifteen CVEs", deb("curl@7.74.0-1.3?distro=debian-11"), "CVE-2022-27782"],
    ["Debian 11: DSA-5250, by code name", deb("dbus@1.12.20-2?distro=bullseye"), "CVE-2022-42010"],
  ])("affected: %s", (_, component, id) => {
    expect(namesOf(component)).toContain(id);
  });

  test.each<[what: string, Component, string]>([
    ["Go: the fixed version", purl("golang/google.golang.org/grpc@v1.56.3"), "GO-2023-2153"],
    ["Go: between two ranges", purl("golang/google.golang.org/grpc@v1.57.1"), "GO-2023-2153"],
    ["Go: another major path", purl("golang/github.com/lestrrat-go/jwx/v2@v2.0.18"), "CVE-2023-49290"],
    [
      "Go: the fixed version, +incompatible",
      purl("golang/github.com/docker/docker@v20.10.24%2Bincompatible"),
      "CVE-2023-28842",
    ],
    ["PyPI: before the range", purl("pypi/requests@2.2.1"), "CVE-2023-32681"],
    ["PyPI: fixed", purl("pypi/requests@2.31.0"), "CVE-2023-32681"],
    ["npm of the same name", purl("npm/requests@2.26.0"), "CVE-2023-32681"],
    ["OpenSSL: the fixed letter", cpe("openssl:openssl:1.1.1za"), "CVE-2024-5535"],
    ["OpenSSL: a stream the record does not name", cpe("openssl:openssl:1.1.1m"), "CVE-2025-9231"],
    ["GNU tar is not npm's tar", cpe("gnu:tar:1.34"), "CVE-2026-31802"],
    [
      "Debian's tar is not npm's tar",
      part({ purl: "pkg:deb/debian/tar@1.34?distro=debian-11", cpes: ["cpe:2.3:a:gnu:tar:1.34:*:*:*:*:*:*:*"] }),
      "CVE-2026-31802",
    ],
    ["strongSwan: fixed", cpe("strongswan:strongswan:5.9.6"), "CVE-2022-4967"],
    ["mosquitto: before the range", cpe("eclipse:mosquitto:1.6.9"), "CVE-2024-3935"],
    ["kernel: its stream's fix", kernel("5.10.143"), "CVE-2022-48687"],
    ["kernel: before the fault came in", kernel("4.9.300"), "CVE-2022-48687"],
    ["kernel: fixed in its stream, mainline range still holds it", kernel("5.10.101"), "CVE-2022-1055"],
    ["kernel headers", part({ cpes: ["cpe:2.3:a:linux:linux_kernel:5.10.101:*:*:*:*:*:*:*"] }), "CVE-2024-1086"],
    ["Debian 11: the fixed version", deb("curl@7.74.0-1.3%2Bdeb11u2?distro=debian-11"), "CVE-2022-27782"],
    [
      "Debian 11: fixed by Debian, though its CPE is older than upstream's fix",
      part({
        purl: "pkg:deb/debian/curl@7.74.0-1.3%2Bdeb11u7?distro=debian-11",
        cpes: ["cpe:2.3:a:haxx:curl:7.74.0:*:*:*:*:*:*:*"],
      }),
      "CVE-2022-27782",
    ],
    ["Debian 10 is not Debian 11", deb("util-linux@2.33.1-0.1?distro=debian-10"), "CVE-2021-3995"],
  ])("not affected: %s", (_, component, id) => {
    expect(namesOf(component)).not.toContain(id);
  });

  test("the kernel's fix is the one of its stream", () => {
    const found = findingsOf(kernel("5.10.101")).find(({ advisory }) => advisory === "CVE-2022-48687");
    expect(found?.fixedIn[0]).toBe("5.10.143");
  });

  test("every SBOM that reads is assessed, and no finding is said twice", async () => {
    const totals = { sboms: 0, components: 0, findings: 0, exploited: 0, unmatched: 0 };
    let slowestMs = 0;
    for await (const { path: name, bytes } of documentsIn([...sbomArchives("sbom"), ...sbomArchives("embedded")])) {
      const sbom = readOrNull(bytes, name);
      if (sbom === null) continue;
      const startedAt = performance.now();
      const subject = { name, version: null, path: name };
      const result = assess({ subject, sboms: [{ path: name, sbom }] }, index, { now: NOW, asOf: null });
      slowestMs = Math.max(slowestMs, performance.now() - startedAt);
      expect(Assessment.safeParse(result).error).toBeUndefined();
      const said = result.findings.map(({ component, advisory }) => JSON.stringify([component, advisory]));
      const types = new Set(sbom.components.map(({ type }) => type));
      if (types.size <= 1) expect(new Set(said).size, name).toBe(said.length);
      totals.sboms++;
      totals.components += result.components;
      totals.findings += result.findings.length;
      totals.exploited += result.findings.filter(({ exploited }) => exploited !== null).length;
      totals.unmatched += result.unmatched.length;
    }
    console.log(`assessed ${JSON.stringify(totals)}; the slowest took ${Math.round(slowestMs)} ms`);
    expect(totals.sboms).toBeGreaterThan(370);
    expect(totals.findings).toBeGreaterThan(1000);
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
