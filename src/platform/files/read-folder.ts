import { lstat, readdir, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { Fault } from "../../lib/fault.ts";
import type { InputBudget } from "./input-budget.ts";
import { type InputDocument, refusedDocument } from "./input-document.ts";

/** A regular file below a folder, or a document that says why something there is not read. */
export type FolderEntry = { file: string; size: number } | { refused: InputDocument };

/** Regular files below a folder, sorted. A link to inside is left out (its target is read anyway), one to outside is refused. */
export async function* readFolder(folder: string, budget: InputBudget): AsyncGenerator<FolderEntry, void, undefined> {
  const root = await realpath(folder);
  async function* below(inside: string): AsyncGenerator<FolderEntry, void, undefined> {
    for (const name of (await readdir(inside)).sort()) {
      const path = join(inside, name);
      const stats = await lstat(path);
      if (stats.isDirectory()) {
        budget.countEntry(path);
        yield* below(path);
      } else if (stats.isFile()) yield { file: path, size: stats.size };
      else {
        const reason = stats.isSymbolicLink() ? await refuseLink(path, root) : "It is neither a file nor a folder";
        if (reason !== null) yield { refused: refusedDocument(path, new Fault("bad_input", reason, { at: path })) };
      }
      if (budget.spent) return;
    }
  }
  yield* below(folder);
}

async function refuseLink(path: string, root: string): Promise<string | null> {
  const target = await realpath(path).catch(() => null);
  if (target === null) return "The link leads nowhere";
  return target.startsWith(root + sep) || target === root ? null : "The link leads out of the folder";
}
