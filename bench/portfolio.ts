import type { Component } from "../src/features/devices/sbom/schema.ts";
import { keyParts } from "../src/features/intel/rank-index/key.ts";
import type { RankIndex } from "../src/features/intel/rank-index/open-index.ts";

/** What one release of one device is made of. */
export type Release = readonly Component[];

const POOL = 20_000;
const PARTS = 200;
const RELEASES_OF_A_DEVICE = 10;
/** Share of the parts whose version moves from one release to the next. */
const MOVED = 0.1;
/** Share of the packages no record speaks of: most of a real SBOM. */
const UNHEARD = 0.6;

const PURL_TYPE: Record<string, string> = {
  npm: "npm",
  PyPI: "pypi",
  Go: "golang",
  Maven: "maven",
  "crates.io": "cargo",
  RubyGems: "gem",
  Packagist: "composer",
  NuGet: "nuget",
};

type WithVersion = (version: string) => Pick<Component, "name" | "purl" | "cpes">;

/**
 * A made-up portfolio: devices of 200 parts drawn from 20,000 real and unheard-of packages, some far more often than others,
 * each device in ten releases that differ in a tenth of their versions. The same count gives the same portfolio; every text is
 * an object of its own, as it is after reading SBOMs.
 */
export function portfolio(index: RankIndex, count: number): Release[] {
  const random = seeded(count);
  const pool = poolOf(index, random);
  const releases: Release[] = [];
  while (releases.length * PARTS < count) {
    const parts = Array.from({ length: PARTS }, () => ({ ...chosen(pool, random), version: versionFrom(random) }));
    for (let i = 0; i < RELEASES_OF_A_DEVICE && releases.length * PARTS < count; i++) {
      for (const part of parts) if (random() < MOVED) part.version = versionFrom(random);
      releases.push(copied(parts.map(({ named, version }, at) => componentOf(at, named(version), version))));
    }
  }
  return releases;
}

/** The same count of components, no two alike: what no memory of earlier answers can help with. */
export function allDifferent(index: RankIndex, count: number): Release[] {
  const random = seeded(count + 1);
  const pool = poolOf(index, random);
  const components = Array.from({ length: count }, (_, i) => {
    const version = `${i % 12}.${i % 40}.${i}`;
    return componentOf(i, chosen(pool, random).named(version), version);
  });
  return Array.from({ length: Math.ceil(count / PARTS) }, (_, i) =>
    copied(components.slice(i * PARTS, (i + 1) * PARTS)),
  );
}

/** How many different components there are among them. */
export const distinctIn = (releases: readonly Release[]): number =>
  new Set(releases.flatMap((release) => release.map(({ purl, cpes }) => purl ?? cpes[0] ?? ""))).size;

function poolOf(index: RankIndex, random: () => number): WithVersion[] {
  const pool: WithVersion[] = [];
  while (pool.length < POOL) {
    const made =
      random() < UNHEARD ? unheard(pool.length) : known(index, Math.floor(random() * index.about.counts.keys));
    if (made !== null) pool.push(made);
  }
  return pool;
}

const unheard = (i: number): WithVersion => {
  const type = i % 3 === 0 ? "pypi" : "npm";
  return (version) => ({ name: `part-${i}`, purl: `pkg:${type}/part-${i}@${version}`, cpes: [] });
};

function known(index: RankIndex, key: number): WithVersion | null {
  const { kind, first, second } = keyParts(index.keyText(key));
  if (kind === "p") return packaged(first, second);
  if (kind !== "c" || !/^[\w.-]+$/.test(first + second)) return null;
  return (version) => ({
    name: second,
    purl: null,
    cpes: [`cpe:2.3:a:${first}:${second}:${version}:*:*:*:*:*:*:*`],
  });
}

function packaged(ecosystem: string, name: string): WithVersion | null {
  const release = /^(Debian|Alpine):v?([\d.]+)$/.exec(ecosystem);
  if (release?.[1] !== undefined) {
    const distribution = release[1].toLowerCase();
    const type = distribution === "debian" ? "deb" : "apk";
    const query = `?arch=amd64&distro=${distribution}-${release[2]}`;
    return (version) => ({ name, purl: `pkg:${type}/${distribution}/${name}@${version}-r1${query}`, cpes: [] });
  }
  const type = PURL_TYPE[ecosystem];
  if (type === undefined) return null;
  const path = type === "maven" ? name.replace(":", "/") : name.replace("@", "%40");
  return (version) => ({ name, purl: `pkg:${type}/${path}@${version}`, cpes: [] });
}

const chosen = (pool: readonly WithVersion[], random: () => number) => ({
  named: pool[Math.floor(random() ** 2 * pool.length)] ?? unheard(0),
});

const versionFrom = (random: () => number) =>
  `${Math.floor(random() ** 2 * 8)}.${Math.floor(random() * 20)}.${Math.floor(random() ** 3 * 12)}`;

const componentOf = (at: number, { name, purl, cpes }: ReturnType<WithVersion>, version: string): Component => ({
  ref: `#${at}`,
  type: "library",
  group: null,
  name,
  version,
  purl,
  cpes,
  hashes: [],
  supplier: null,
  licenses: [],
  parent: null,
});

const copied = (components: Component[]): Release => JSON.parse(JSON.stringify(components)) as Component[];

/** Mulberry32: small, even enough, and the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
