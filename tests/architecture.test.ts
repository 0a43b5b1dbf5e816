import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { importsOf, mayImport, roleOf } from "./architecture-rules.ts";

const root = resolve(import.meta.dirname, "..");
const src = join(root, "src");
const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => name.replaceAll("\\", "/"))
  .sort();

describe("the house keeps its walls", () => {
  test("the walk sees the whole house", () => {
    expect(files.length).toBeGreaterThan(100);
  });

  test("every import is one that the file's role allows", () => {
    const broken = files.flatMap((file) =>
      importsOf(readFileSync(join(src, file), "utf8")).flatMap((specifier) => {
        const target = specifier.startsWith(".")
          ? relative(src, resolve(src, dirname(file), specifier)).replaceAll("\\", "/")
          : specifier;
        const refusal = mayImport(file, target);
        return refusal === null ? [] : [`${file} imports ${target}: ${refusal}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  test("files are kebab-case and export by name", () => {
    const odd = files.filter(
      (file) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)*\$?[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?\.tsx?$/.test(file),
    );
    expect(odd).toEqual([]);
  });

  test("no file outgrows its subject", () => {
    const long = files.filter((file) => readFileSync(join(src, file), "utf8").split("\n").length > 400);
    expect(long).toEqual([]);
  });
});

describe("the rules themselves", () => {
  test.each([
    ["lib/fault.ts", "features/intel/schema.ts", false],
    ["lib/ids.ts", "lib/fault.ts", true],
    ["lib/ids.ts", "node:fs", false],
    ["features/intel/match/match.ts", "features/intel/schema.ts", true],
    ["features/intel/match/match.ts", "features/devices/schema.ts", true],
    ["features/intel/match/match.ts", "features/devices/store.ts", false],
    ["features/intel/match/match.ts", "node:fs", false],
    ["features/intel/store.ts", "platform/db.ts", true],
    ["features/intel/store.ts", "platform/http/server.ts", false],
    ["features/intel/intel.ts", "features/devices/devices.ts", false],
    ["flows/sbom-arrived.ts", "features/devices/devices.ts", true],
    ["web/routes.tsx", "features/intel/contract.ts", true],
    ["web/routes.tsx", "features/intel/store.ts", false],
    ["web/routes.tsx", "platform/db.ts", false],
    ["cli/commands/assess.ts", "features/intel/assess/assess.ts", true],
    ["features/intel/intel.ts", "main/server.ts", false],
  ])("%s → %s: %s", (from, to, allowed) => {
    expect(mayImport(from, to) === null).toBe(allowed);
  });

  test("roles come from names", () => {
    expect(roleOf("features/devices/devices.ts")).toBe("door");
    expect(roleOf("features/devices/sbom/read-sbom.ts")).toBe("pure");
    expect(roleOf("features/intel/feeds/osv.ts")).toBe("plugin");
  });
});
