/** Who may import whom: ARCHITECTURE.md's table as code. Paths are relative to src/. */

export type Role =
  | "lib"
  | "schema"
  | "contract"
  | "tables"
  | "store"
  | "door"
  | "routes"
  | "plugin"
  | "pure"
  | "test"
  | "flow"
  | "platform"
  | "web"
  | "cli"
  | "edge"
  | "main";

const BY_NAME: Record<string, Role> = {
  "schema.ts": "schema",
  "contract.ts": "contract",
  "tables.ts": "tables",
  "store.ts": "store",
  "routes.ts": "routes",
};

export function roleOf(path: string): Role {
  if (/\.test\.tsx?$/.test(path)) return "test";
  const [room = "", feature = "", ...rest] = path.split("/");
  if (room === "features") {
    const name = rest.at(-1) ?? "";
    if (["feeds", "sources", "protocols", "sections", "parsers"].includes(rest[0] ?? "")) return "plugin";
    if (BY_NAME[name] !== undefined && (name !== "tables.ts" || rest.length === 1)) return BY_NAME[name];
    return rest.length === 1 && name === `${feature}.ts` ? "door" : "pure";
  }
  if (room === "flows") return "flow";
  const rooms: Record<string, Role> = {
    lib: "lib",
    platform: "platform",
    web: "web",
    cli: "cli",
    edge: "edge",
    main: "main",
  };
  const role = rooms[room];
  if (role === undefined) throw new Error(`${path} is in no room`);
  return role;
}

const featureOf = (path: string) => (path.startsWith("features/") ? (path.split("/")[1] ?? "") : "");

/** Libraries that compute only; everything else from npm or Node counts as the outside. */
const PURE_LIBRARIES =
  /^(zod|semver|@renovatebot\/pep440|ae-cvss-calculator|yaml|saxes|ajv|ajv-formats|cli-table3|@orpc\/contract|smol-toml|ical-generator|docx|@secvisogram\/csaf-validator-lib|node:(buffer|zlib|crypto|path|util|url))($|\/)/;

const allowed: Record<Exclude<Role, "test">, (from: string, to: string) => boolean> = {
  lib: (_, to) => inRoom(to, "lib") || isPureLibrary(to),
  schema: (_, to) => inRoom(to, "lib") || isA(to, "schema") || isPureLibrary(to),
  contract: (_, to) => inRoom(to, "lib") || isA(to, "schema") || isPureLibrary(to),
  tables: (from, to) =>
    to === "kysely" ||
    to === "platform/tables.ts" ||
    inRoom(to, "lib") ||
    isA(to, "schema") ||
    (sameFeature(from, to) && isA(to, "pure")),
  pure: (from, to) =>
    inRoom(to, "lib") || isA(to, "schema") || isPureLibrary(to) || (sameFeature(from, to) && isA(to, "pure", "plugin")),
  plugin: (from, to) =>
    inRoom(to, "lib") || isA(to, "schema") || isPureLibrary(to) || (sameFeature(from, to) && isA(to, "pure", "plugin")),
  store: (from, to) =>
    to === "kysely" ||
    isA(to, "schema") ||
    inRoom(to, "lib") ||
    /^platform\/(db|tables)(\/|\.ts)/.test(to) ||
    (sameFeature(from, to) && isA(to, "tables", "pure", "store")),
  door: (from, to) => isOutside(to) || inRoom(to, "lib", "platform") || isA(to, "schema") || sameFeature(from, to),
  routes: (from, to) =>
    isOutside(to) || inRoom(to, "lib", "platform", "flows") || isA(to, "schema") || sameFeature(from, to),
  flow: (_, to) =>
    isOutside(to) || inRoom(to, "lib", "flows", "platform") || isA(to, "door", "schema", "pure", "plugin"),
  platform: (_, to) => isOutside(to) || inRoom(to, "lib", "platform"),
  web: (_, to) => isOutside(to) || inRoom(to, "lib", "web") || isA(to, "contract", "schema", "pure"),
  cli: (_, to) =>
    isOutside(to) || inRoom(to, "lib", "cli", "platform") || isA(to, "contract", "schema", "pure", "plugin"),
  edge: (_, to) =>
    isOutside(to) ||
    inRoom(to, "lib", "edge") ||
    /^platform\/(crypto|log|config)/.test(to) ||
    isA(to, "pure", "schema", "plugin"),
  main: () => true,
};

const isOutside = (to: string) => !/^(lib|platform|features|flows|web|cli|edge|main)\//.test(to);
const isPureLibrary = (to: string) => PURE_LIBRARIES.test(to);
const inRoom = (to: string, ...rooms: string[]) => !isOutside(to) && rooms.includes(to.split("/")[0] ?? "");
const isA = (to: string, ...roles: Role[]) => to.startsWith("features/") && roles.includes(roleOf(to));
const sameFeature = (from: string, to: string) => featureOf(from) !== "" && featureOf(from) === featureOf(to);

/** Null when allowed, else why not. */
export function mayImport(from: string, to: string): string | null {
  const role = roleOf(from);
  if (role === "test") return null;
  return allowed[role](from, to) ? null : `a ${role} file may not`;
}

/** Module specifiers of static imports, re-exports and dynamic imports with a literal. */
export function importsOf(source: string): string[] {
  const pattern =
    /^\s*(?:import|export)\s[^"';]*?from\s*["']([^"']+)["']|^\s*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm;
  return [...source.matchAll(pattern)].map((m) => m[1] ?? m[2] ?? m[3] ?? "");
}
