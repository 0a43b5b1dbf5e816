import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readFeeds } from "../../src/features/intel/read-feeds.ts";
import type { Advisory } from "../../src/features/intel/schema.ts";
import { covers } from "../../src/features/intel/versions/range.ts";
import { feedLimits } from "../../src/platform/files/input-limits.ts";
import { walkInputs } from "../../src/platform/files/walk-inputs.ts";
import { feeds, holdsFor } from "../support/read-feed-text.ts";

const corpus = join(process.env.CORDON_CORPUS ?? resolve(import.meta.dirname, "../../../shared/data"), "threats");
const there = existsSync(join(corpus, "advisories"));
if (!there) console.log("skipped: the threat feeds are not in the corpus (set CORDON_CORPUS)");

interface Counts {
  records: Record<string, number>;
  problems: number;
  skipped: number;
}

/** Reads an input of the corpus, prints what it holds and how fast, and passes each advisory on. */
async function count(input: string, each: (advisory: Advisory) => void = () => {}): Promise<Counts> {
  const counts: Counts = { records: {}, problems: 0, skipped: 0 };
  const began = performance.now();
  for await (const item of readFeeds(walkInputs([join(corpus, input)], { limits: feedLimits }), { feeds })) {
    if (item.type === "problem") counts.problems += 1;
    else if (item.type === "skipped") counts.skipped += 1;
    else {
      const key = `${item.feed} ${item.record.kind}`;
      counts.records[key] = (counts.records[key] ?? 0) + 1;
      if (item.record.kind === "advisory") each(item.record.advisory);
    }
  }
  const total = Object.values(counts.records).reduce((sum, n) => sum + n, 0);
  const seconds = (performance.now() - began) / 1000;
  const said = Object.entries(counts.records).map(([key, n]) => `${n} ${key}`);
  console.log(
    `${input}: ${said.join(", ") || "no records"}; ${counts.problems} problems, ${counts.skipped} skipped; ${Math.round(total / seconds)} records/s`,
  );
  return counts;
}

describe.runIf(there)("the real feeds", () => {
  test.each<[string, Record<string, number>, problems: number, skipped: number]>([
    ["advisories/govulndb-osv.tar.gz", { "osv advisory": 4291 }, 0, 1],
    ["advisories/pypa-osv-yaml.tar.gz", { "osv advisory": 2661 }, 0, 2],
    // Two of these 191 fixtures are no OSV records: one has no id, one a range without a type.
    ["advisories/osv-mixed-ecosystems.ndjson.gz", { "osv advisory": 189 }, 2, 0],
    ["advisories/rustsec.tar.gz", { "rustsec advisory": 734, "rustsec support": 145 }, 0, 3],
    ["advisories/rubysec.tar.gz", { "rubysec advisory": 1381 }, 0, 1],
    ["advisories/php-security-advisories.tar.gz", { "friends-of-php advisory": 1592 }, 0, 3],
    ["advisories/nodejs-security-wg.tar.gz", { "node-security advisory": 639 }, 0, 11],
    ["advisories/retirejs.tar.gz", { "retire-js advisory": 1266 }, 0, 1],
    // 144 medical advisories with 433 vulnerabilities.
    ["cisa-csaf/icsma-all.tar.gz", { "csaf advisory": 433 }, 0, 0],
    ["cisa-csaf/icsa-ot-and-it-all.tar.gz", { "csaf advisory": 7483 }, 0, 1],
    ["distro/alpine-secdb-2020-06.tar.gz", { "alpine-secdb advisory": 11453 }, 0, 2],
    ["distro/debian-security-tracker-dsa-dla-2023-04.tar.gz", { "debian-advisories advisory": 8940 }, 0, 3],
    ["distro/linux-kernel-cves-2024-04.tar.gz", { "kernel-streams advisory": 2809 }, 0, 2],
    ["distro/wolfi-advisories.tar.gz", { "wolfi advisory": 30030 }, 0, 31],
    ["kev", { "kev as-of": 1, "kev exploited": 1404 }, 0, 3],
    ["epss", { "epss epss": 1556 }, 0, 0],
    // One row of 47,587 has a package URL without a type.
    ["mapping", { "same-product same-product": 47586 }, 1, 1],
    // 129 of 32,184 lines empty an earlier override and say nothing.
    ["nvd-cpe-configurations", { "nvd advisory": 32055 }, 0, 0],
    ["vulnrichment", { "cve advisory": 44130 }, 0, 0],
    // 464 products, and a licence.
    ["eol", { "endoflife support": 464 }, 0, 1],
  ])("%s", async (input, records, problems, skipped) => {
    expect(await count(input)).toEqual({ records, problems, skipped });
  });

  test("CISA's medical advisories: 144 documents, known by vendor and product words, most versions decidable", async () => {
    const documents = new Set<string>();
    let items = 0;
    let undecided = 0;
    await count("cisa-csaf/icsma-all.tar.gz", ({ id, affected, aliases, severities }) => {
      documents.add(id.split("/")[0] ?? "");
      expect(aliases).toHaveLength(1);
      expect(severities.length).toBeGreaterThan(0);
      expect(affected.length).toBeGreaterThan(0);
      for (const item of affected) {
        items += 1;
        expect(item.product?.vendor).not.toBe("");
        if (item.undecidable.length > 0) undecided += 1;
      }
    });
    console.log(`ICSMA: ${documents.size} documents, ${items} products, ${undecided} with versions left to a person`);
    expect(documents.size).toBe(144);
    expect(undecided / items).toBeLessThan(0.25);
  });

  test("every record is bounded and names one identity per affected item", async () => {
    await count("vulnrichment", ({ details, references, affected }) => {
      if (details.length > 4096 || references.length > 20) throw new Error("not bounded");
      for (const item of affected)
        if ([item.package, item.cpe, item.product].filter((one) => one !== null).length !== 1)
          throw new Error("not exactly one identity");
    });
  });

  test("the kernel CNA's records: released kernels are decided in nearly all", async () => {
    let kernel = 0;
    let decided = 0;
    await count("vulnrichment", ({ id, affected }) => {
      const item = affected.find((one) => one.package?.ecosystem === "Linux");
      if (item === undefined) return;
      kernel += 1;
      if (item.intervals.length > 0) decided += 1;
      if (id === "CVE-2022-48755") expect(holdsFor(item, "5.10.96")).toBe(false);
    });
    console.log(`kernel: ${kernel} records, ${decided} decided for released versions`);
    expect(kernel).toBeGreaterThan(3600);
    expect(decided / kernel).toBeGreaterThan(0.98);
  });

  test("oracle: PyPI's listed versions lie in the ranges of the same record", async () => {
    let inside = 0;
    let outside = 0;
    await count("advisories/pypa-osv-yaml.tar.gz", ({ affected }) => {
      for (const { scheme, intervals, versions } of affected)
        for (const version of intervals.length > 0 ? versions : [])
          if (intervals.some((one) => covers(scheme, one, version))) inside += 1;
          else outside += 1;
    });
    console.log(`PyPI: ${inside} listed versions inside their record's ranges, ${outside} outside`);
    expect(inside).toBeGreaterThan(100_000);
    expect(outside / inside).toBeLessThan(0.001);
  });

  test("oracle: the kernel CNA's streams agree with an independent list of stream fixes", async () => {
    const fixes = new Map<string, string[]>();
    await count("distro/linux-kernel-cves-2024-04.tar.gz", ({ aliases: [cve = ""], affected }) =>
      fixes.set(
        cve,
        affected.flatMap((item) => item.intervals.flatMap((one) => one.to ?? [])),
      ),
    );
    let agree = 0;
    let differ = 0;
    await count("vulnrichment", ({ id, affected }) => {
      const item = affected.find((one) => one.package?.ecosystem === "Linux" && one.intervals.length > 0);
      for (const fixed of item === undefined ? [] : (fixes.get(id) ?? [])) {
        const [, stream, patch] = /^(\d+\.\d+)\.([1-9]\d*)$/.exec(fixed) ?? [];
        if (item === undefined || patch === undefined) continue;
        if (holdsFor(item, `${stream}.${Number(patch) - 1}`) && !holdsFor(item, fixed)) agree += 1;
        else differ += 1;
      }
    });
    console.log(`kernel: ${agree} stream fixes agree, ${differ} differ`);
    expect(agree).toBeGreaterThan(2000);
    expect(differ / agree).toBeLessThan(0.03);
  });
});
