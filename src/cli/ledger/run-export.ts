import { once } from "node:events";
import { createWriteStream, renameSync, rmSync } from "node:fs";
import { finished } from "node:stream/promises";
import { Fault } from "../../lib/fault.ts";
import { readConfig } from "../../platform/config/config.ts";
import { acrossOrganizations, type Db, inScope, inSnapshot, type Scope } from "../../platform/db.ts";
import { openUnchanged } from "../../platform/installation.ts";
import { signHead } from "../../platform/ledger/checkpoint.ts";
import { exportLedger } from "../../platform/ledger/export.ts";
import { readSigningKeys } from "../../platform/ledger/keys.ts";
import { SILENT } from "../../platform/log.ts";

/** Exports beside a running server or without one. A file appears whole or not at all. */
export async function runExport(organization: string | null, out: string | null): Promise<number> {
  const config = readConfig(process.env);
  const keys = readSigningKeys(config.secretsFolder);
  const installation = await openUnchanged(config, SILENT);
  const partial = `${out}.partial`;
  try {
    const { db } = installation;
    const scope = await findOrganization(db, organization);
    await inScope(db, scope, (trx) => signHead(trx, scope, keys));
    const stream = out === null ? process.stdout : createWriteStream(partial, { mode: 0o600 });
    const write = async (line: string) => {
      if (!stream.write(`${line}\n`)) await once(stream, "drain");
    };
    const { entries } = await inSnapshot(db, scope, (trx) => exportLedger(trx, scope, keys, write));
    if (out !== null) {
      stream.end();
      await finished(stream);
      renameSync(partial, out);
    }
    process.stderr.write(`${entries} entries, signed with ${keys.public.keyId}\n`);
    return 0;
  } finally {
    rmSync(partial, { force: true });
    await installation.close();
  }
}

async function findOrganization(db: Db, wanted: string | null): Promise<Scope> {
  const all = await acrossOrganizations(db, (trx) =>
    trx.selectFrom("organization").select(["organizationId", "name"]).orderBy("name").execute(),
  );
  const found =
    wanted === null ? all : all.filter(({ organizationId, name }) => organizationId === wanted || name === wanted);
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw new Fault(
      "not_found",
      only === undefined ? "There is no such organisation" : "There are several organisations",
      {
        fix: `Name one with --organization: ${all.map(({ name, organizationId }) => `${name} (${organizationId})`).join(", ") || "there is none yet"}`,
      },
    );
  return { organizationId: only.organizationId, actor: { kind: "system", id: "cli", name: "cordon ledger export" } };
}
