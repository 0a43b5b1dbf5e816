import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SecurityFile } from "../../features/security-file/schema.ts";
import { partsOf, writeFolder, writeSecurityFile } from "../../features/security-file/write/write-security-file.ts";
import { Fault } from "../../lib/fault.ts";

/** Whether there is a file, or a folder that holds anything. */
export const isThere = (path: string): boolean =>
  existsSync(path) && (!statSync(path).isDirectory() || readdirSync(path).length > 0);

/** Writes a security file: one document for `*.yaml`, `*.yml` and `*.json`, else a folder of documents. Each is there whole, or not at all. */
export function writePath(at: string, file: SecurityFile, over: boolean): void {
  if (/\.(?:ya?ml|json)$/i.test(at)) writeWhole(at, oneDocument(at, file));
  else if (existsSync(at) && !statSync(at).isDirectory())
    throw new Fault("bad_input", "A security file ends with .yaml or .json, or is a folder", { at });
  else writeDocuments(at, file, over);
}

const oneDocument = (at: string, file: SecurityFile): string =>
  /\.json$/i.test(at)
    ? `${JSON.stringify({ cordon: file.cordon, ...partsOf(file) }, null, 2)}\n`
    : writeSecurityFile(file);

function writeDocuments(at: string, file: SecurityFile, over: boolean): void {
  const documents = writeFolder(file);
  const names = new Set(documents.map(({ name }) => name));
  const old = over ? readdirSync(at).filter((name) => /\.(ya?ml|json)$/.test(name) && !names.has(name)) : [];
  const foreign = old.find((name) => !/^[a-z-]+\.yaml$/.test(name));
  if (foreign !== undefined)
    throw new Fault("conflict", "The folder has documents of other names, which would be read as well", {
      at: join(at, foreign),
      fix: "Name a folder that is empty",
    });
  mkdirSync(at, { recursive: true });
  for (const { name, text } of documents) writeWhole(join(at, name), text);
  for (const name of old) rmSync(join(at, name));
}

function writeWhole(at: string, text: string): void {
  mkdirSync(dirname(at), { recursive: true });
  const beside = `${at}.${process.pid}.part`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, at);
  } catch (cause) {
    rmSync(beside, { force: true });
    throw new Fault("unavailable", "It could not be written", { at, fix: "Check the folder and its space", cause });
  }
}
