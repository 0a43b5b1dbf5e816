/** Run by durability.test.ts: writes ledger entries one after the other and prints each number once it is committed. Ended by kill -9. */

import { ensureOrganization } from "../../src/main/first-organization.ts";
import { readConfig } from "../../src/platform/config/config.ts";
import { inScope } from "../../src/platform/db.ts";
import { openInstallation } from "../../src/platform/installation.ts";
import { record } from "../../src/platform/ledger/ledger.ts";
import { SILENT } from "../../src/platform/log.ts";

const { db } = await openInstallation(readConfig(process.env), SILENT);
const scope = await ensureOrganization(db);
for (;;) {
  const sequence = await inScope(db, scope, async (trx) => {
    await record(trx, scope, { action: "note.taken", subject: { type: "note", id: "1" }, before: null, after: {} });
    const { sequence: last } = await trx.selectFrom("ledgerHead").select("sequence").executeTakeFirstOrThrow();
    return last;
  });
  process.stdout.write(`${sequence}\n`);
}
