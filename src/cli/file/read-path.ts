import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type ReadFile, readSecurityFile } from "../../features/security-file/read/read-security-file.ts";
import { Fault } from "../../lib/fault.ts";
import { isFolder, readDocuments } from "../../platform/files/read-documents.ts";
import { releaseOfFile } from "../device-release.ts";

/** Where the security file of a path is: the file or folder itself, or what a device folder's `device.yaml` names for a release. */
export async function placeOfFile(path: string, release: string | null): Promise<string> {
  if (!(await isFolder(path)) || !readdirSync(path).includes("device.yaml")) return path;
  const { release: found, at } = releaseOfFile(path, release);
  if (found.securityFile === null)
    throw new Fault("not_found", `Release ${found.version} names no security file`, {
      at,
      fix: "Add “securityFile: PATH” to the release",
    });
  return join(path, found.securityFile);
}

/** SBOMs of the release of a device folder; none for any other path. */
export async function sbomsOfFile(path: string, release: string | null): Promise<string[]> {
  if (!(await isFolder(path)) || !readdirSync(path).includes("device.yaml")) return [];
  return releaseOfFile(path, release).release.sboms.map((name) => join(path, name));
}

/** Reads the security file at a path: one YAML or JSON file, a folder of them, or a device folder. */
export async function readPath(path: string, release: string | null): Promise<ReadFile & { at: string }> {
  const at = await placeOfFile(path, release);
  return { ...readSecurityFile(await readDocuments(at)), at };
}
