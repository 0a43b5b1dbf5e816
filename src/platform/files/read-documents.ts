import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Fault } from "../../lib/fault.ts";
import { decodeText } from "../../lib/text.ts";

const MAX_BYTES = 48 * 1024 * 1024;
const MAX_DOCUMENTS = 200;
const DOCUMENT = /\.(ya?ml|json)$/;

/** A text and the name messages give it. */
export interface TextDocument {
  name: string;
  text: string;
}

/** The YAML or JSON document at a path, or all those of a folder by name. Fault `not_found`, `too_large`, `bad_input` (no UTF-8). */
export async function readDocuments(path: string): Promise<TextDocument[]> {
  if (!(await isFolder(path))) return [await readDocument(path)];
  const names = (await readdir(path)).filter((name) => DOCUMENT.test(name)).sort();
  if (names.length === 0)
    throw new Fault("not_found", "The folder holds no YAML or JSON", {
      at: path,
      fix: "Name a document or its folder",
    });
  if (names.length > MAX_DOCUMENTS)
    throw new Fault("too_large", `The folder holds ${names.length} documents`, {
      at: path,
      fix: `Keep it to ${MAX_DOCUMENTS}`,
    });
  const documents: TextDocument[] = [];
  for (const name of names) documents.push(await readDocument(join(path, name)));
  return documents;
}

export async function isFolder(path: string): Promise<boolean> {
  return (await statOf(path)).isDirectory();
}

async function readDocument(path: string): Promise<TextDocument> {
  const { size } = await statOf(path);
  if (size > MAX_BYTES)
    throw new Fault("too_large", `It has ${Math.round(size / 1024 / 1024)} MB`, {
      at: path,
      fix: `A document has at most ${MAX_BYTES / 1024 / 1024} MB`,
    });
  return { name: path, text: decodeText(await readFile(path), path) };
}

const statOf = (path: string) =>
  stat(path).catch((cause) => {
    throw new Fault("not_found", "There is no such file or folder", { at: path, cause });
  });
