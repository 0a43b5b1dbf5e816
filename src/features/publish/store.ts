import { sql } from "kysely";
import { storableJson } from "../../lib/storable.ts";
import type { Scope, Trx } from "../../platform/db.ts";
import type { Listed } from "./provider/listing.ts";
import type { AdvisoryContent, AdvisoryState, PublisherSettings } from "./schema.ts";
import type { SecurityAdvisoryRevisionRow } from "./tables.ts";

export const findPublisher = (trx: Trx, { organizationId }: Scope) =>
  trx.selectFrom("publisher").selectAll().where("organizationId", "=", organizationId).executeTakeFirst();

export const lockPublisher = (trx: Trx, { organizationId }: Scope) =>
  trx.selectFrom("publisher").selectAll().where("organizationId", "=", organizationId).forUpdate().executeTakeFirst();

/**
 * Adds or changes the settings. False, and the transaction is lost: another organisation of this server has the path, or had it. The path
 * it had itself stays its own when it was `served`: published documents name it.
 */
export async function writePublisher(
  trx: Trx,
  { organizationId }: Scope,
  settings: PublisherSettings,
  more: { revision: number; updatedAt: Date; providerOnSince: Date | null },
  before: { path: string; served: boolean } | null,
): Promise<boolean> {
  try {
    if (before?.path !== settings.path) {
      if (before?.served === false)
        await trx
          .deleteFrom("providerPath")
          .where("organizationId", "=", organizationId)
          .where("path", "=", before.path)
          .execute();
      const own = await trx
        .selectFrom("providerPath")
        .select("path")
        .where("organizationId", "=", organizationId)
        .where("path", "=", settings.path)
        .executeTakeFirst();
      if (own === undefined)
        await trx.insertInto("providerPath").values({ organizationId, path: settings.path }).execute();
    }
    await trx
      .insertInto("publisher")
      .values({ organizationId, ...settings, ...more })
      .onConflict((conflict) => conflict.column("organizationId").doUpdateSet({ ...settings, ...more }))
      .execute();
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION) return false;
    throw error;
  }
}

const UNIQUE_VIOLATION = "23505";

/** The key of today; those before it stay known. */
export async function writeKey(
  trx: Trx,
  { organizationId }: Scope,
  { fingerprint, publicKey }: { fingerprint: string; publicKey: string },
): Promise<void> {
  await trx
    .updateTable("publisher")
    .set({ keyFingerprint: fingerprint, keyPublic: publicKey })
    .where("organizationId", "=", organizationId)
    .execute();
  await trx
    .insertInto("publisherKey")
    .values({ organizationId, fingerprint, publicKey })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A public key that documents were signed with, of today or of a day before. */
export const findKey = (trx: Trx, { organizationId }: Scope, fingerprint: string) =>
  trx
    .selectFrom("publisherKey")
    .select("publicKey")
    .where("organizationId", "=", organizationId)
    .where("fingerprint", "=", fingerprint)
    .executeTakeFirst();

/** The next number of an advisory; those who ask at once wait for each other. Undefined: there is no publisher yet. */
export async function takeNumber(trx: Trx, { organizationId }: Scope): Promise<number | undefined> {
  const row = await trx
    .updateTable("publisher")
    .set((e) => ({ nextNumber: e("nextNumber", "+", 1) }))
    .where("organizationId", "=", organizationId)
    .returning("nextNumber")
    .executeTakeFirst();
  return row === undefined ? undefined : row.nextNumber - 1;
}

export const insertAdvisory = (
  trx: Trx,
  { organizationId, actor }: Scope,
  { id, trackingId, content, at }: { id: string; trackingId: string; content: AdvisoryContent; at: Date },
) =>
  trx
    .insertInto("securityAdvisory")
    .values({
      organizationId,
      id,
      trackingId,
      content: storableJson(content),
      state: "draft",
      publishedNumber: null,
      createdAt: at,
      createdBy: actor.name,
      updatedAt: at,
      updatedBy: actor.name,
    })
    .execute();

export const findAdvisory = (trx: Trx, { organizationId }: Scope, id: string) =>
  trx
    .selectFrom("securityAdvisory")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .executeTakeFirst();

export const lockAdvisory = (trx: Trx, { organizationId }: Scope, id: string) =>
  trx
    .selectFrom("securityAdvisory")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();

export const updateAdvisory = (
  trx: Trx,
  { organizationId, actor }: Scope,
  id: string,
  change: {
    content?: AdvisoryContent;
    state?: AdvisoryState;
    publishedNumber?: number;
    changed: boolean;
    revision: number;
    at: Date;
  },
) => {
  const { content, at, ...rest } = change;
  return trx
    .updateTable("securityAdvisory")
    .set({
      ...rest,
      ...(content === undefined ? {} : { content: storableJson(content) }),
      updatedAt: at,
      updatedBy: actor.name,
    })
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .execute();
};

export const deleteAdvisory = (trx: Trx, { organizationId }: Scope, id: string) =>
  trx.deleteFrom("securityAdvisory").where("organizationId", "=", organizationId).where("id", "=", id).execute();

/** Advisories, last changed first. `before`: the last one of the page before. */
export const pageOfAdvisories = (
  trx: Trx,
  { organizationId }: Scope,
  {
    state,
    before,
    limit,
  }: { state: AdvisoryState | undefined; before: readonly [string, string] | null; limit: number },
) =>
  trx
    .selectFrom("securityAdvisory")
    .selectAll()
    .select(sql<string>`updated_at::text`.as("place"))
    .where("organizationId", "=", organizationId)
    .$if(state !== undefined, (q) => q.where("state", "=", state ?? "draft"))
    .$if(before !== null, (q) =>
      q.where(sql<boolean>`(updated_at, id) < (${before?.[0]}::timestamptz, ${before?.[1]}::uuid)`),
    )
    .orderBy("updatedAt", "desc")
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();

export const countAdvisories = (trx: Trx, { organizationId }: Scope, state: AdvisoryState | undefined) =>
  trx
    .selectFrom("securityAdvisory")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("organizationId", "=", organizationId)
    .$if(state !== undefined, (q) => q.where("state", "=", state ?? "draft"))
    .executeTakeFirstOrThrow();

export const insertRevision = (
  trx: Trx,
  { organizationId }: Scope,
  row: Omit<SecurityAdvisoryRevisionRow, "organizationId">,
) =>
  trx
    .insertInto("securityAdvisoryRevision")
    .values({ organizationId, ...row })
    .execute();

/** Revisions of an advisory, oldest first, without their bytes. */
export const revisionsOf = (trx: Trx, { organizationId }: Scope, advisoryId: string) =>
  trx
    .selectFrom("securityAdvisoryRevision")
    .select([
      "number",
      "status",
      "category",
      "tlp",
      "title",
      "summary",
      "fileName",
      "year",
      "sha256",
      "keyFingerprint",
      "publishedAt",
      "publishedBy",
    ])
    .where("organizationId", "=", organizationId)
    .where("advisoryId", "=", advisoryId)
    .orderBy("number")
    .execute();

export const findRevision = (trx: Trx, { organizationId }: Scope, advisoryId: string, number: number) =>
  trx
    .selectFrom("securityAdvisoryRevision")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("advisoryId", "=", advisoryId)
    .where("number", "=", number)
    .executeTakeFirst();

/** What everybody may read: the last revision of each advisory, where that one is TLP:WHITE. */
export async function listedRevisions(trx: Trx, { organizationId }: Scope): Promise<Listed[]> {
  const { rows } =
    await sql<Listed>`select tracking_id, title, summary, year, file_name, key_fingerprint, released_at, published_at
    from (select distinct on (advisory_id) * from security_advisory_revision
      where organization_id = ${organizationId}::uuid order by advisory_id, number desc) last
    where tlp = 'WHITE' order by published_at desc, file_name limit 100000`.execute(trx);
  return rows;
}

/** When the list of `listedRevisions` last changed: an advisory that is no longer for everybody left it with that issue. Null: never. */
export async function listChangedAt(trx: Trx, { organizationId }: Scope): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select max(r.published_at) as at from security_advisory_revision r
    where r.organization_id = ${organizationId}::uuid and exists (select from security_advisory_revision w
      where w.organization_id = r.organization_id and w.advisory_id = r.advisory_id and w.tlp = 'WHITE')`.execute(trx);
  return rows[0]?.at ?? null;
}

/** When the organisation last published anything; null: never. */
export async function lastPublishedAt(trx: Trx, { organizationId }: Scope): Promise<Date | null> {
  const { at } = await trx
    .selectFrom("securityAdvisoryRevision")
    .select((e) => e.fn.max("publishedAt").as("at"))
    .where("organizationId", "=", organizationId)
    .executeTakeFirstOrThrow();
  return at;
}

/** The last revision under a file's name, where it is for everybody. */
export async function servedRevision(trx: Trx, { organizationId }: Scope, year: number, fileName: string) {
  const row = await trx
    .selectFrom("securityAdvisoryRevision")
    .select(["document", "sha256", "sha512", "signature", "publishedAt", "tlp", "year"])
    .where("organizationId", "=", organizationId)
    .where("fileName", "=", fileName)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined && row.tlp === "WHITE" && row.year === year ? row : undefined;
}

/** Providers that are on, the first one first; run across organisations. */
export const providersOn = (trx: Trx) =>
  trx
    .selectFrom("publisher")
    .select(["organizationId", "path", "name"])
    .where("providerOn", "=", true)
    .orderBy("providerOnSince")
    .orderBy("organizationId")
    .execute();

/** Whose provider a path leads to, and the path it has today; run across organisations. */
export const providerAt = (trx: Trx, path: string) =>
  trx
    .selectFrom("providerPath as a")
    .innerJoin("publisher as p", "p.organizationId", "a.organizationId")
    .select(["p.organizationId", "p.path"])
    .where("a.path", "=", path)
    .where("p.providerOn", "=", true)
    .executeTakeFirst();

export const organizationName = async (trx: Trx, { organizationId }: Scope): Promise<string> =>
  (
    await trx
      .selectFrom("organization")
      .select("name")
      .where("organizationId", "=", organizationId)
      .executeTakeFirstOrThrow()
  ).name;

export async function namesOf(trx: Trx, { organizationId }: Scope, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, tracking_id as name from security_advisory
      where organization_id = ${organizationId}::uuid and id = any(${[...ids]}::uuid[])`.execute(trx);
  return rows;
}
