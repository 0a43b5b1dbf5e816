import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  type FileDocument,
  type ReadFile,
  readSecurityFile,
} from "../../features/security-file/read/read-security-file.ts";
import { Fault } from "../../lib/fault.ts";
import { releaseOfFile } from "../device-release.ts";

const MAX_BYTES = 48 * 1024 * 1024;
const DOCUMENT = /\.(ya?ml|json)$/;

/** Where the security file of a path is: the file or folder itself, or what a device folder's `device.yaml` names for a release. */
export function placeOfFile(path: string, release: string | null): string {
  if (!statOf(path).isDirectory() || !readdirSync(path).includes("device.yaml")) return path;
  const { release: found, at } = releaseOfFile(path, release);
  if (found.securityFile === null)
    throw new Fault("not_found", `Release ${found.version} names no security file`, {
      at,
      fix: "Add “securityFile: PATH” to the release",
    });
  return join(path, found.securityFile);
}

/** Reads the security file at a path: one YAML or JSON file, a folder of them, or a device folder. */
export function readPath(path: string, release: string | null): ReadFile & { at: string } {
  const at = placeOfFile(path, release);
  return { ...readSecurityFile(documentsAt(at)), at };
}

function documentsAt(at: string): FileDocument[] {
  if (!statOf(at).isDirectory()) return [documentAt(at)];
  const names = readdirSync(at)
    .filter((name) => DOCUMENT.test(name))
    .sort();
  if (names.length === 0)
    throw new Fault("not_found", "The folder holds no YAML or JSON", { at, fix: "Name a security file or its folder" });
  return names.map((name) => documentAt(join(at, name)));
}

function documentAt(at: string): FileDocument {
  const { size } = statOf(at);
  if (size > MAX_BYTES)
    throw new Fault("too_large", `It has ${Math.round(size / 1024 / 1024)} MB`, {
      at,
      fix: `A document of a security file has at most ${MAX_BYTES / 1024 / 1024} MB`,
    });
  return { name: at, text: readFileSync(at, "utf8") };
}

function statOf(at: string) {
  try {
    return statSync(at);
  } catch (cause) {
    throw new Fault("not_found", "There is no such file or folder", { at, cause });
  }
}
