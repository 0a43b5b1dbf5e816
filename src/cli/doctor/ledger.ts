import { existsSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { Fault } from "../../lib/fault.ts";
import type { Config } from "../../platform/config/config.ts";
import { acrossOrganizations, inSnapshot, openDatabase, type Scope } from "../../platform/db.ts";
import { exportLedger } from "../../platform/ledger/export.ts";
import { readSigningKeys, type SigningKeys } from "../../platform/ledger/keys.ts";
import { ledgerVerifier } from "../../platform/ledger/verify.ts";
import { bad, type Check, ok, warn } from "./check.ts";

/** Checks every hash and every signature of every organisation's ledger, as an auditor would from an export. */
export async function ledgerChecks(pool: pg.Pool, { secretsFolder }: Config): Promise<Check[]> {
  if (!existsSync(join(secretsFolder, "ledger-ed25519.pem")))
    return [
      warn(
        "ledger",
        "its signing keys are not here",
        "Checkpoints cannot be checked against them",
        "Set secrets.folder to the server's",
      ),
    ];
  const keys = keysIn(secretsFolder);
  if (keys instanceof Fault)
    return [
      bad("ledger", `not checked: ${keys.at ?? secretsFolder}`, keys.message, keys.fix ?? "See the secrets above"),
    ];
  const db = openDatabase(pool);
  const organizations = await acrossOrganizations(db, (trx) =>
    trx.selectFrom("organization").select(["organizationId", "name"]).execute(),
  );
  const checks: Check[] = [];
  for (const { organizationId, name } of organizations) {
    const scope: Scope = { organizationId, actor: { kind: "system", id: "doctor", name: "cordon doctor" } };
    const verifier = ledgerVerifier(null);
    await inSnapshot(db, scope, (trx) => exportLedger(trx, scope, keys, (line) => verifier.line(line)));
    const { bad: wrong, entries, lastSigned } = verifier.end();
    if (wrong === null) checks.push(ok(`ledger of ${name}`, `${entries} entries verify, signed up to ${lastSigned}`));
    else
      checks.push(
        bad(
          `ledger of ${name}`,
          `${wrong.record} ${wrong.sequence}: ${wrong.reason}`,
          "Somebody changed the record behind Cordon's back",
          "Keep a copy of the database, and compare with the last export that verifies",
        ),
      );
  }
  return checks;
}

function keysIn(folder: string): SigningKeys | Fault {
  try {
    return readSigningKeys(folder);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
