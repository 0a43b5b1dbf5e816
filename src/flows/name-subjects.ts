import type { Entry } from "../features/audit/schema.ts";
import { nameControlThings } from "../features/controls/controls.ts";
import { nameDeviceThings } from "../features/devices/devices.ts";
import { nameReports } from "../features/disclosure/disclosure.ts";
import { nameEvidenceThings } from "../features/evidence/evidence.ts";
import { nameIntelThings } from "../features/intel/intel.ts";
import { namePeopleThings } from "../features/people/people.ts";
import { namePublishedThings } from "../features/publish/publish.ts";
import { nameRiskThings } from "../features/risk/risk.ts";
import { nameWorkThings } from "../features/work/work.ts";
import type { Scope, Trx } from "../platform/db.ts";
import { toEntry } from "../platform/ledger/entry.ts";
import type { LedgerEntryRow } from "../platform/tables.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Ledger entries with what people call their subjects now. The ledger itself keeps ids only: a name may change or be erased, and
 * the proof stays. A key sees no names: its scopes may reach the ledger and not what it speaks of.
 */
export async function nameSubjects(
  trx: Trx,
  scope: Scope,
  rows: readonly LedgerEntryRow[],
  reader: "user" | "key",
): Promise<Entry[]> {
  const names =
    reader === "user" ? await namesOf(trx, scope, [...new Set(rows.map((row) => row.subjectId))]) : new Map();
  return rows.map((row) => {
    const entry = toEntry(row);
    return { ...entry, subject: { ...entry.subject, name: names.get(row.subjectId) ?? null } };
  });
}

async function namesOf(trx: Trx, scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  const uuids = ids.filter((id) => UUID.test(id));
  const found = [
    ...(await nameDeviceThings(trx, scope, uuids)),
    ...(await nameIntelThings(trx, scope, uuids)),
    ...(await namePeopleThings(trx, scope, uuids)),
    ...(await nameWorkThings(trx, scope, uuids)),
    ...(await nameRiskThings(trx, scope, uuids)),
    ...(await nameControlThings(trx, scope, uuids)),
    ...(await nameEvidenceThings(trx, scope, uuids)),
    ...(await nameReports(trx, scope, uuids)),
    ...(await namePublishedThings(trx, scope, uuids)),
  ];
  return new Map(found.map(({ id, name }) => [id, name]));
}
