import { canonicalJson, type JsonValue } from "../../lib/canonical-json.ts";
import { Fault } from "../../lib/fault.ts";
import { GENESIS } from "../../lib/hash-chain.ts";
import type { Scope, Trx } from "../db.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { toEntry } from "./entry.ts";
import { FOOTER, HEADER } from "./export-format.ts";
import { type SigningKeys, signRecord, withId } from "./keys.ts";

const BATCH = 1000;

/**
 * Writes the organisation's ledger as lines of canonical JSON: a signed header with the public keys, the entries with each
 * checkpoint after the entry it signs, a signed footer. Run it in one snapshot (`inSnapshot`), else head and entries may differ.
 */
export async function exportLedger(
  trx: Trx,
  scope: Scope,
  keys: SigningKeys,
  write: (line: string) => unknown,
): Promise<{ entries: number }> {
  const { organizationId } = scope;
  const organization = await trx
    .selectFrom("organization")
    .select("name")
    .where("organizationId", "=", organizationId)
    .executeTakeFirst();
  if (organization === undefined) throw new Fault("not_found", "There is no such organisation", { at: organizationId });
  const exportedAt = new Date().toISOString();
  const header = {
    organizationId,
    organizationName: organization.name,
    exportedAt,
    keys: await allKeys(trx, scope, keys),
    keyId: keys.public.keyId,
  };
  await write(canonicalJson({ header: signed(keys, HEADER, header) }));
  let sequence = 0;
  let lastCheckpoint = 0;
  for (;;) {
    const { entries, checkpoints } = await batch(trx, organizationId, sequence);
    for (const entry of entries) {
      await write(canonicalJson({ entry }));
      const checkpoint = checkpoints.get(entry.sequence);
      if (checkpoint === undefined) continue;
      await write(canonicalJson({ checkpoint }));
      lastCheckpoint = checkpoint.sequence;
    }
    sequence = entries.at(-1)?.sequence ?? sequence;
    if (entries.length < BATCH) break;
  }
  const head = await trx
    .selectFrom("ledgerHead")
    .select(["sequence", "hash"])
    .where("organizationId", "=", organizationId)
    .executeTakeFirst();
  const footer = { organizationId, ...(head ?? GENESIS), lastCheckpoint, exportedAt, keyId: keys.public.keyId };
  await write(canonicalJson({ footer: signed(keys, FOOTER, footer) }));
  return { entries: sequence };
}

const signed = (keys: SigningKeys, purpose: string, body: { [key: string]: JsonValue }): JsonValue => ({
  ...body,
  signatures: { ...signRecord(keys, purpose, body) },
});

async function batch(trx: Trx, organizationId: string, after: number) {
  const rows = await trx
    .selectFrom("ledgerEntry")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("sequence", ">", after)
    .orderBy("sequence")
    .limit(BATCH)
    .execute();
  const entries = rows.map(toEntry);
  const found = await trx
    .selectFrom("ledgerCheckpoint")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("sequence", ">", after)
    .where("sequence", "<=", entries.at(-1)?.sequence ?? after)
    .execute();
  const checkpoints = new Map(
    found.map(({ ed25519, mlDsa65, at, ...rest }): [number, Checkpoint] => [
      rest.sequence,
      { ...rest, at: at.toISOString(), signatures: { ed25519, mlDsa65 } },
    ]),
  );
  return { entries, checkpoints };
}

async function allKeys(trx: Trx, scope: Scope, keys: SigningKeys) {
  const rows = await trx
    .selectFrom("ledgerKey")
    .select(["ed25519", "mlDsa65"])
    .where("organizationId", "=", scope.organizationId)
    .orderBy("keyId")
    .execute();
  const known = rows.map((row) => ({ ...withId(row.ed25519, row.mlDsa65) }));
  return known.some(({ keyId }) => keyId === keys.public.keyId) ? known : [...known, { ...keys.public }];
}
