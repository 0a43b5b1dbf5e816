import { once } from "node:events";
import { PassThrough } from "node:stream";
import type { FastifyInstance } from "fastify";
import { Fault } from "../../../lib/fault.ts";
import { type Db, inScope, inSnapshot } from "../../../platform/db.ts";
import type { DescribedRoute } from "../../../platform/http/openapi.ts";
import { signHead } from "../../../platform/ledger/checkpoint.ts";
import { exportLedger } from "../../../platform/ledger/export.ts";
import type { SigningKeys } from "../../../platform/ledger/keys.ts";

export const EXPORT_ROUTES: readonly DescribedRoute[] = [
  {
    method: "get",
    path: "/ledger/export",
    summary: "The whole ledger, signed, one record per line: what `cordon verify` checks offline",
    action: "ledger:export",
    answers: "application/x-ndjson",
  },
];

/** Each holds a database connection until its reader has all of it, so there are few and none lasts for ever. */
const AT_ONCE = 2;
const LONGEST_MS = 10 * 60_000;

/** Adds the download of a ledger. The head is signed first, so that every entry in the file stands before a checkpoint. */
export function addExportRoute(app: FastifyInstance, { db, keys }: { db: Db; keys: SigningKeys }): void {
  let running = 0;
  app.get("/api/ledger/export", { config: { can: "ledger:export" } }, async (request, reply) => {
    if (running >= AT_ONCE)
      throw new Fault("unavailable", "Other exports are being written", { fix: "Try again in a minute" });
    const { scope } = request;
    running += 1;
    try {
      await inScope(db, scope, (trx) => signHead(trx, scope, keys));
    } catch (error) {
      running -= 1;
      throw error;
    }
    const lines = new PassThrough();
    const gone = new AbortController();
    const late = setTimeout(() => lines.destroy(new Error("The reader of the export was too slow")), LONGEST_MS);
    lines.once("close", () => gone.abort());
    const write = async (line: string): Promise<void> => {
      gone.signal.throwIfAborted();
      if (!lines.write(`${line}\n`)) await once(lines, "drain", { signal: gone.signal });
    };
    void inSnapshot(db, scope, (trx) => exportLedger(trx, scope, keys, write))
      .then(
        () => lines.end(),
        (error: Error) => lines.destroy(error),
      )
      .finally(() => {
        running -= 1;
        clearTimeout(late);
      });
    return reply
      .type("application/x-ndjson")
      .header("content-disposition", `attachment; filename="ledger-${new Date().toISOString().slice(0, 10)}.ndjson"`)
      .header("cache-control", "private, no-store")
      .send(lines);
  });
}
