import { Fault } from "../../lib/fault.ts";
import { type Blobs, openBlobs } from "../../platform/blobs/blobs.ts";
import { keysInUse, rewrapAll } from "../../platform/blobs/rewrap.ts";
import { readConfig } from "../../platform/config/config.ts";
import type { Db } from "../../platform/db.ts";
import { openUnchanged } from "../../platform/installation.ts";
import { SILENT } from "../../platform/log.ts";
import { writeOut } from "../output.ts";

async function withBlobs(work: (db: Db, blobs: Blobs) => Promise<number>): Promise<number> {
  const config = readConfig(process.env);
  const installation = await openUnchanged(config, SILENT);
  try {
    return await work(installation.db, openBlobs(config));
  } finally {
    await installation.close();
  }
}

export const listKeys = (): Promise<number> =>
  withBlobs(async (db, { keys }) => {
    const counts = await keysInUse(db);
    const ids = keys.ids();
    for (const id of [...new Set([...ids, ...counts.keys()])].sort()) {
      const state = !ids.includes(id) ? "  MISSING" : id === ids.at(-1) ? "  in use" : "";
      writeOut(`${id}  ${counts.get(id) ?? 0} files${state}\n`);
    }
    return 0;
  });

/** Safe beside a running server: what is read meanwhile opens with the old key or the new one. */
export const rotateKeys = (): Promise<number> =>
  withBlobs(async (db, blobs) => {
    const id = blobs.keys.rotate(new Date());
    process.stderr.write(`New key ${id}\n`);
    const done = await rewrapAll(db, blobs);
    process.stderr.write(`${done} files closed with it; back the secrets folder up now\n`);
    return 0;
  });

const SETTLE_MS = 3_600_000;
const madeAt = (id: string) =>
  Date.parse(id.slice(0, 16).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));

/** Fault `conflict` while the key is in use. */
export const removeKey = (id: string): Promise<number> =>
  withBlobs(async (db, { keys }) => {
    const ids = keys.ids();
    if (!ids.includes(id)) throw new Fault("not_found", "There is no such key", { at: id, fix: "cordon keys list" });
    const files = (await keysInUse(db)).get(id) ?? 0;
    if (files > 0 || id === ids.at(-1))
      throw new Fault("conflict", files > 0 ? `It closes ${files} files` : "It is the key in use", {
        at: id,
        fix: "Run cordon keys rotate first",
      });
    const next = ids[ids.indexOf(id) + 1] ?? "";
    if (Date.now() - madeAt(next) < SETTLE_MS)
      throw new Fault("conflict", "The key after it is younger than an hour: an upload may still be under way", {
        at: id,
        fix: "Try again later",
      });
    keys.remove(id);
    process.stderr.write(
      `Removed ${id}. Backups of the database from before its rotation need it: keep it with them\n`,
    );
    return 0;
  });
