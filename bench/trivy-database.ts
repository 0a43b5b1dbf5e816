import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Advisory, Affected, FeedRecord, Interval } from "../src/features/intel/schema.ts";
import { normalName } from "../src/features/intel/versions/ecosystem.ts";
import { type Bucket, writeBoltFile } from "./bolt-file.ts";

/** Trivy's names of the ecosystems it looks packages up in. */
export const TRIVY_PREFIX: Readonly<Record<string, string>> = {
  npm: "npm",
  PyPI: "pip",
  Go: "go",
  Maven: "maven",
  "crates.io": "cargo",
  RubyGems: "rubygems",
  Packagist: "composer",
  NuGet: "nuget",
  Pub: "pub",
  Hex: "erlang",
  ConanCenter: "conan",
  SwiftURL: "swift",
};

interface TrivyAdvisory {
  VulnerableVersions?: string[];
  UnaffectedVersions?: string[];
  PatchedVersions?: string[];
  FixedVersion?: string;
}

/**
 * The database Trivy 0.4x/0.5x reads (schema 2, aquasecurity/trivy-db), built from the advisories Cordon is given: packages of languages
 * as version constraints, distributions as the version that fixes. What names no package has no place in it.
 */
export class TrivyDatabase {
  readonly #buckets = new Map<string, Map<string, Map<string, TrivyAdvisory>>>();
  readonly #vulnerabilities = new Map<string, string>();
  ranges = 0;

  add(record: FeedRecord): void {
    if (record.kind !== "advisory" || record.advisory.withdrawnAt !== null) return;
    const { advisory } = record;
    const ids = advisory.aliases.filter((alias) => alias.startsWith("CVE-"));
    const names = ids.length > 0 && !advisory.id.startsWith("CVE-") ? ids : [advisory.id];
    for (const affected of advisory.affected)
      if (affected.package !== null) for (const id of names) this.#add(advisory, affected, id);
  }

  #add(advisory: Advisory, affected: Affected, id: string): void {
    const { ecosystem, name } = affected.package ?? { ecosystem: "", name: "" };
    const system = systemOf(ecosystem);
    const prefix = TRIVY_PREFIX[ecosystem];
    if (system === null && prefix === undefined) return;
    const bucket = system ?? `${prefix}::${advisory.source}`;
    const packages = this.#buckets.get(bucket) ?? new Map<string, Map<string, TrivyAdvisory>>();
    this.#buckets.set(bucket, packages);
    const key = normalName(ecosystem, name);
    const known = packages.get(key) ?? new Map<string, TrivyAdvisory>();
    packages.set(key, known);
    const entry = system === null ? constraintsOf(affected, known.get(id)) : fixOf(affected, known.get(id));
    if (entry === null) return;
    known.set(id, entry);
    this.#vulnerabilities.set(id, advisory.title);
    this.ranges += affected.intervals.length + affected.versions.length;
  }

  write(folder: string): void {
    mkdirSync(join(folder, "db"), { recursive: true });
    const sources: Bucket = new Map();
    const root: Bucket = new Map([["data-source", sources]]);
    for (const [name, packages] of this.#buckets) {
      sources.set(name, json({ ID: "cordon-bench", Name: name, URL: "" }));
      const bucket: Bucket = new Map();
      for (const [key, entries] of packages)
        if (entries.size > 0) bucket.set(key, new Map([...entries].map(([id, entry]) => [id, json(entry)])));
      root.set(name, bucket);
    }
    root.set(
      "vulnerability",
      new Map([...this.#vulnerabilities].map(([id, title]) => [id, json({ Title: title, Severity: "UNKNOWN" })])),
    );
    writeBoltFile(join(folder, "db", "trivy.db"), root);
    const [updated, next] = ["2026-01-01T00:00:00Z", "2099-01-01T00:00:00Z"];
    writeFileSync(
      join(folder, "db", "metadata.json"),
      JSON.stringify({ Version: 2, NextUpdate: next, UpdatedAt: updated, DownloadedAt: updated }),
    );
  }
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value));

/** Trivy's bucket of a distribution's release. */
function systemOf(ecosystem: string): string | null {
  const [, name = "", release = ""] = /^(Debian|Alpine|Wolfi|Ubuntu)(?::v?([\d.]+))?/.exec(ecosystem) ?? [];
  if (name === "") return null;
  if (name === "Wolfi") return "wolfi";
  return release === "" ? null : `${name.toLowerCase()} ${release}`;
}

function constraintsOf(
  { intervals, exceptions, versions, everyVersion }: Affected,
  known?: TrivyAdvisory,
): TrivyAdvisory | null {
  const vulnerable = [...intervals.map(constraintOf), ...versions.map((version) => `=${version}`)];
  if (everyVersion) vulnerable.push(">=0");
  if (vulnerable.length === 0) return known ?? null;
  const fixed = intervals.flatMap(({ fixed }) => fixed ?? []);
  return {
    VulnerableVersions: [...(known?.VulnerableVersions ?? []), ...vulnerable],
    ...(exceptions.length === 0 ? {} : { UnaffectedVersions: exceptions.map(constraintOf) }),
    ...(fixed.length === 0 ? {} : { PatchedVersions: fixed }),
  };
}

function constraintOf({ from, fromInclusive, to, toInclusive }: Interval): string {
  const bounds = [
    ...(from === null || from === "0" ? [] : [`${fromInclusive ? ">=" : ">"}${from}`]),
    ...(to === null ? [] : [`${toInclusive ? "<=" : "<"}${to}`]),
  ];
  return bounds.length === 0 ? ">=0" : bounds.join(", ");
}

/** Distributions: below the fix, or without one in every version. Versions said to be good from the start leave no entry. */
function fixOf({ intervals, everyVersion }: Affected, known?: TrivyAdvisory): TrivyAdvisory | null {
  const [first] = intervals;
  if (first === undefined) return everyVersion ? { FixedVersion: "" } : (known ?? null);
  return { FixedVersion: first.fixed ?? first.to ?? "" };
}
