import { describe, expect, test } from "vitest";
import { readSbom } from "../../src/features/devices/sbom/read-sbom.ts";
import { type Component, Sbom } from "../../src/features/devices/sbom/schema.ts";
import { Fault } from "../../src/lib/fault.ts";
import { decodeText } from "../../src/lib/text.ts";
import { countParts } from "./sbom-counts.ts";
import { type CorpusDocument, documentsIn, sbomArchives } from "./sbom-documents.ts";
import { REFUSED } from "./sbom-refused.ts";

type Outcome = { path: string; bytes: Uint8Array } & ({ sbom: Sbom } | { fault: Fault });

function outcomeOf({ path, bytes }: CorpusDocument): Outcome {
  try {
    return { path, bytes, sbom: readSbom(bytes, { name: path }) };
  } catch (error) {
    if (error instanceof Fault) return { path, bytes, fault: error };
    throw new Error(`${path} neither reads nor is refused`, { cause: error });
  }
}

async function readAll(archives: readonly string[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for await (const document of documentsIn(archives)) outcomes.push(outcomeOf(document));
  return outcomes;
}

const readOnes = (outcomes: readonly Outcome[]) => outcomes.filter((outcome) => "sbom" in outcome);
const refusedOnes = (outcomes: readonly Outcome[]) => outcomes.filter((outcome) => "fault" in outcome);
const formatOf = ({ format }: Sbom) => `${format.standard} ${format.version} ${format.encoding}`;

function countBy(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of [...keys].sort()) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

const collections = [...sbomArchives("sbom"), ...sbomArchives("embedded")];

describe.skipIf(collections.length === 0)("SBOMs that others published", async () => {
  const outcomes = await readAll(collections);

  test("each document reads, or is refused for a reason that is true", () => {
    const refused = refusedOnes(outcomes);
    const sboms = readOnes(outcomes).map(({ sbom }) => sbom);
    console.table(countBy(sboms.map(formatOf)));
    console.table(countBy(refused.map(({ fault }) => fault.message)));
    const components = sboms.reduce((sum, sbom) => sum + sbom.components.length, 0);
    console.log(`${sboms.length} documents read, ${components} components; ${refused.length} files refused`);
    expect(Object.fromEntries(refused.map(({ path, fault }) => [path, fault.message]))).toEqual(
      Object.fromEntries(Object.entries(REFUSED).map(([path, { reason }]) => [path, reason])),
    );
    expect(sboms.length).toBeGreaterThan(370);
  });

  test("every format that is read is met", () => {
    const met = Object.keys(countBy(readOnes(outcomes).map(({ sbom }) => formatOf(sbom))));
    for (const version of ["1.2", "1.3", "1.4", "1.5", "1.6"]) expect(met).toContain(`CycloneDX ${version} json`);
    for (const version of ["1.1", "1.2", "1.3", "1.4", "1.5"]) expect(met).toContain(`CycloneDX ${version} xml`);
    for (const version of ["2.2", "2.3"])
      for (const encoding of ["json", "tag-value"]) expect(met).toContain(`SPDX ${version} ${encoding}`);
    expect(met).toContain("SPDX 3.0 json-ld");
  });

  test("as many components are read as a plain count finds", () => {
    const wrong = readOnes(outcomes).flatMap(({ path, bytes, sbom }) => {
      const counted = countParts(decodeText(bytes));
      return counted === sbom.components.length ? [] : [{ path, counted, read: sbom.components.length }];
    });
    expect(wrong).toEqual([]);
  });

  test("what is read has the agreed shape, and its references lead somewhere", () => {
    for (const { path, sbom } of readOnes(outcomes)) {
      Sbom.parse(sbom);
      const refs = new Set(sbom.components.map(({ ref }) => ref));
      expect(refs.size, path).toBe(sbom.components.length);
      if (sbom.subject !== null) refs.add(sbom.subject.ref);
      const named = sbom.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
      const parents = sbom.components.flatMap(({ parent }) => parent ?? []);
      expect(
        [...named, ...parents].filter((ref) => !refs.has(ref)),
        path,
      ).toEqual([]);
    }
  });

  const sbomAt = (suffix: string): Sbom => {
    const found = readOnes(outcomes).find(({ path }) => path.endsWith(suffix));
    if (found === undefined) throw new Error(`${suffix} is not in the corpus`);
    return found.sbom;
  };
  /** Made-up references differ between twins; all else must not. */
  const facts = (sbom: Sbom) => sbom.components.map(({ ref: _, parent: __, ...rest }: Component) => rest);

  test.each(["flat/bom.1.4", "bare/bom.1.4", "bare/bom.1.3", "flat/bom.1.2"])(
    "JSON and XML twins say the same: juice-shop %s",
    (name) => {
      const json = sbomAt(`juice-shop/via_npm/${name}.json`);
      const xml = sbomAt(`juice-shop/via_npm/${name}.xml`);
      expect(facts(json)).toEqual(facts(xml));
      expect(json.dependencies).toEqual(xml.dependencies);
      expect(json.components.map(({ parent }) => parent)).toEqual(xml.components.map(({ parent }) => parent));
    },
  );

  test.each(["2020.08", "2022.02", "2025.02"])("a device's SBOM names what its build names: Buildroot %s", (tag) => {
    const listed = outcomes.find(({ path }) => path.endsWith(`buildroot-${tag}-show-info.json`));
    const packages: Record<string, { version?: string }> = JSON.parse(decodeText(listed?.bytes ?? new Uint8Array()));
    const versions = new Map(Object.entries(packages).map(([name, { version }]) => [name, version || null]));
    const { components } = sbomAt(`buildroot-${tag}-monitor.cdx.json`);
    expect(components.length).toBeGreaterThan(30);
    for (const { name, version } of components) expect([name, version]).toEqual([name, versions.get(name)]);
  });
});

const conformance = sbomArchives("conformance", /^cyclonedx-schemas-and-valid\.tar\.gz$/);

describe.skipIf(conformance.length === 0)("CycloneDX's own valid documents", async () => {
  const outcomes = (await readAll(conformance)).filter(
    ({ path }) => path.includes("/cases/") && !path.includes("/ext/"),
  );

  test("all JSON and XML documents of 1.0 to 1.7 read, in the version their folder names", () => {
    const text = outcomes.filter(({ path }) => /\.(?:json|xml)$/.test(path));
    expect(refusedOnes(text).map(({ path, fault }) => [path, fault.message])).toEqual([]);
    const misread = readOnes(text).filter(({ path, sbom }) => !path.includes(`/cases/${sbom.format.version}/`));
    expect(misread.map(({ path }) => path)).toEqual([]);
    console.table(countBy(readOnes(text).map(({ sbom }) => formatOf(sbom))));
    expect(text.length).toBe(464);
  });

  test("all others are Protocol Buffers text and are refused as that", () => {
    const others = outcomes.filter(({ path }) => !/\.(?:json|xml)$/.test(path));
    expect(countBy(refusedOnes(others).map(({ fault }) => fault.message))).toEqual({
      "This is CycloneDX as Protocol Buffers text, which is not read.": others.length,
    });
  });

  test("as many components are read as a plain count finds", () => {
    const wrong = readOnes(outcomes).flatMap(({ path, bytes, sbom }) => {
      const counted = countParts(decodeText(bytes));
      return counted === sbom.components.length ? [] : [{ path, counted, read: sbom.components.length }];
    });
    expect(wrong).toEqual([]);
  });

  test("nothing valid is called a problem, but a version that is missing and references to elsewhere", () => {
    const problems = readOnes(outcomes).flatMap(({ path, sbom }) =>
      sbom.problems.filter(({ reason }) => reason !== "It has no version.").map((problem) => ({ path, ...problem })),
    );
    expect(problems).toEqual([]);
  });
});
