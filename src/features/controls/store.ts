import { sql } from "kysely";
import type { Scope, Trx } from "../../platform/db.ts";
import type { ShownControl } from "./schema.ts";
import type { CatalogRow, Mds2FormRow, ReleaseCatalogsRow } from "./tables.ts";

type New<Row, Text extends keyof Row> = Omit<Row, "organizationId" | Text> & Record<Text, string>;

const HEAD = ["id", "name", "edition", "title", "publisher", "fileName", "losses", "importedBy", "importedAt"] as const;

/** Imported catalogues without their controls, by name and edition. */
export const importedCatalogs = (trx: Trx, scope: Scope) =>
  trx
    .selectFrom("catalog")
    .select(HEAD)
    .select((eb) =>
      eb
        .selectFrom("catalogControl as c")
        .whereRef("c.organizationId", "=", "catalog.organizationId")
        .whereRef("c.catalogId", "=", "catalog.id")
        .select((inner) => inner.fn.countAll<number>().as("count"))
        .as("controls"),
    )
    .where("organizationId", "=", scope.organizationId)
    .orderBy("name")
    .orderBy("edition", "desc")
    .limit(500)
    .execute();

export const findCatalog = (trx: Trx, scope: Scope, name: string, edition: string) =>
  trx
    .selectFrom("catalog")
    .select(["id", "hash"])
    .where("organizationId", "=", scope.organizationId)
    .where("name", "=", name)
    .where("edition", "=", edition)
    .executeTakeFirst();

export const findCatalogById = (trx: Trx, scope: Scope, id: string) =>
  trx
    .selectFrom("catalog")
    .select(["id", "name", "edition", "title", "fileName", "hash"])
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .executeTakeFirst();

/** Whole documents of catalogues: of all of them, or of one. */
export const catalogDocuments = (trx: Trx, scope: Scope, id?: string) =>
  trx
    .selectFrom("catalog")
    .select(["id", "fileName", "document"])
    .where("organizationId", "=", scope.organizationId)
    .$if(id !== undefined, (query) => query.where("id", "=", id ?? ""))
    .orderBy("importedAt", "desc")
    .limit(50)
    .execute();

export const catalogControls = (trx: Trx, scope: Scope, ids: readonly string[]) =>
  trx
    .selectFrom("catalogControl")
    .select(["catalogId", "shown"])
    .where("organizationId", "=", scope.organizationId)
    .where("catalogId", "in", [...ids])
    .orderBy("catalogId")
    .orderBy("position")
    .execute();

export async function insertCatalog(
  trx: Trx,
  scope: Scope,
  { document, ...row }: New<CatalogRow, "losses" | "document">,
  controls: readonly ShownControl[],
): Promise<void> {
  const { organizationId } = scope;
  await trx
    .insertInto("catalog")
    .values({ organizationId, ...row, document })
    .execute();
  await sql`insert into catalog_control (organization_id, catalog_id, position, control_id, label, title, parent_id, shown)
    select ${organizationId}::uuid, ${row.id}::uuid, c.position - 1, c.shown->>'id', c.shown->>'label', c.shown->>'title', c.shown->>'parent', c.shown
    from jsonb_array_elements(${JSON.stringify(controls)}::jsonb) with ordinality as c(shown, position)`.execute(trx);
}

export const deleteCatalog = (trx: Trx, scope: Scope, id: string) =>
  trx.deleteFrom("catalog").where("organizationId", "=", scope.organizationId).where("id", "=", id).execute();

/** Releases that chose a catalogue. */
export const releasesThatChose = (trx: Trx, scope: Scope, name: string) =>
  trx
    .selectFrom("releaseCatalogs")
    .select("releaseId")
    .where("organizationId", "=", scope.organizationId)
    .where(sql<boolean>`${name} = any(names)`)
    .limit(10)
    .execute();

export const chosenFor = (trx: Trx, scope: Scope, releaseId: string) =>
  trx
    .selectFrom("releaseCatalogs")
    .select(["names", "revision"])
    .where("organizationId", "=", scope.organizationId)
    .where("releaseId", "=", releaseId)
    .executeTakeFirst();

export const putChosen = (trx: Trx, scope: Scope, row: Omit<ReleaseCatalogsRow, "organizationId">) =>
  trx
    .insertInto("releaseCatalogs")
    .values({ organizationId: scope.organizationId, ...row })
    .onConflict((conflict) => conflict.columns(["organizationId", "releaseId"]).doUpdateSet(row))
    .execute();

export const newestForm = (trx: Trx, scope: Scope, releaseId: string) =>
  trx
    .selectFrom("mds2Form")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("releaseId", "=", releaseId)
    .orderBy("uploadedAt", "desc")
    .orderBy("id", "desc")
    .executeTakeFirst();

export const insertForm = (trx: Trx, scope: Scope, row: New<Mds2FormRow, "losses" | "answers">) =>
  trx
    .insertInto("mds2Form")
    .values({ organizationId: scope.organizationId, ...row })
    .execute();

/** Catalogues and forms by id, as people call them. */
export async function namesOf(trx: Trx, { organizationId }: Scope, ids: readonly string[]) {
  const wanted = sql`organization_id = ${organizationId}::uuid and id = any(${[...ids]}::uuid[])`;
  const { rows } = await sql<{ id: string; name: string }>`
    select id, title as name from catalog where ${wanted}
    union all select id, 'MDS2 ' || file_name as name from mds2_form where ${wanted}`.execute(trx);
  return rows;
}
