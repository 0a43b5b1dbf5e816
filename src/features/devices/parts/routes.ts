import { implement } from "@orpc/server";
import * as z from "zod";
import { releaseSupport, supportedAs } from "../../../flows/release-support.ts";
import { cutPage, readCursor } from "../../../lib/cursor.ts";
import { Fault } from "../../../lib/fault.ts";
import { inScope, type Scope, type Trx } from "../../../platform/db.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import { getRelease } from "../devices.ts";
import { refuseUnknown } from "../refuse.ts";
import { diffSboms } from "../sbom/diff.ts";
import type { Component } from "../sbom/schema.ts";
import { findRelease } from "../store.ts";
import { partsContract } from "./contract.ts";
import { countParts, neighboursOf, type PartFilter, type PartSort, pageOfParts, pathTo } from "./list/store.ts";
import { showPart, showUpload, toSbom } from "./show.ts";
import { componentsOf, countSboms, findSbom, pageOfSboms } from "./store.ts";

const os = implement(partsContract).$context<ApiContext>();

/** Counting stops here. */
const BOUND = 10_000;
const MOST_CHANGES = 2_000;
const MOST_NEIGHBOURS = 200;

/** The SBOM asked for, or the release's current one. Fault `not_found` when there is none. */
async function sbomIdOf(trx: Trx, scope: Scope, releaseId: string, sbomId: string | undefined): Promise<string> {
  const release = await getRelease(trx, scope, releaseId);
  if (sbomId === undefined) {
    if (release.sbomId !== null) return release.sbomId;
    throw new Fault("not_found", "This release has no SBOM yet", { at: "id", fix: "Upload one" });
  }
  const sbom = await findSbom(trx, scope, sbomId);
  return sbom?.releaseId === releaseId ? sbomId : refuseUnknown("SBOM", sbomId);
}

const Place = z.tuple([z.union([z.string(), z.number()]), z.number().int()]);

async function page(
  trx: Trx,
  scope: Scope,
  filter: PartFilter,
  { sort, cursor, limit }: { sort: PartSort; cursor: string | undefined; limit: number },
) {
  const rows = await pageOfParts(trx, scope, filter, { sort, after: readCursor(cursor, Place), limit });
  const count = await countParts(trx, scope, filter, BOUND + 1);
  const total = { count: Math.min(count, BOUND), exact: count <= BOUND };
  const cut = cutPage(rows, limit, total, (row) => [row.place, row.ordinal]);
  return { ...cut, items: cut.items.map(showPart) };
}

const shortName = (component: Component | null) =>
  component === null ? null : { name: component.name, version: component.version, purl: component.purl };

export const partsRoutes = {
  support: os.support.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, (trx) => releaseSupport(trx, scope, input.id, new Date())),
  ),

  uploads: os.uploads.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const release = await getRelease(trx, scope, input.id);
      const after = readCursor(input.cursor, z.tuple([z.uuid()]))?.[0] ?? null;
      const rows = await pageOfSboms(trx, scope, input.id, { after, limit: input.limit });
      const { count } = await countSboms(trx, scope, input.id);
      const cut = cutPage(rows, input.limit, { count, exact: true }, (row) => [row.id]);
      return { ...cut, items: cut.items.map((row) => showUpload(row, release.sbomId)) };
    }),
  ),

  list: os.list.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const { id: releaseId, text, missing, vulnerable, unmatched, support } = input;
      const sbomId = await sbomIdOf(trx, scope, releaseId, input.sbomId);
      const supported = support === undefined ? undefined : await supportedAs(trx, scope, sbomId, support, new Date());
      return page(
        trx,
        scope,
        { sbomId, releaseId, text, missing, vulnerable, unmatched, supported },
        { ...input, cursor: input.cursor },
      );
    }),
  ),

  children: os.children.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const sbomId = await sbomIdOf(trx, scope, input.id, input.sbomId);
      const filter = { sbomId, releaseId: input.id, under: input.under ?? null };
      return page(trx, scope, filter, { sort: "document", cursor: input.cursor, limit: input.limit });
    }),
  ),

  get: os.get.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const sbomId = await sbomIdOf(trx, scope, input.id, input.sbomId);
      const filter = { sbomId, releaseId: input.id, ordinals: [input.part] };
      const [row] = await pageOfParts(trx, scope, filter, { sort: "document", after: null, limit: 1 });
      if (row === undefined) return refuseUnknown("part", String(input.part));
      const neighbours = await neighboursOf(trx, scope, sbomId, row.ordinal, MOST_NEIGHBOURS);
      const path = await pathTo(trx, scope, sbomId, row.ordinal);
      return { ...showPart(row), ref: row.ref, cpes: row.cpes, hashes: row.hashes, ...neighbours, path };
    }),
  ),

  difference: os.difference.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const [before, after] = [await read(trx, scope, input.before, "before"), await read(trx, scope, input.id, "id")];
      const { changes, ...counts } = diffSboms(before.sbom, after.sbom);
      return {
        before: before.upload,
        after: after.upload,
        ...counts,
        changes: changes.slice(0, MOST_CHANGES).map((change) => ({
          ...change,
          before: shortName(change.before),
          after: shortName(change.after),
        })),
        truncated: changes.length > MOST_CHANGES,
      };
    }),
  ),
};

async function read(trx: Trx, scope: Scope, id: string, at: string) {
  const row = await findSbom(trx, scope, id);
  if (row === undefined) throw new Fault("not_found", `There is no SBOM ${id}`, { at });
  const release = await findRelease(trx, scope, row.releaseId);
  return { upload: showUpload(row, release?.sbomId ?? null), sbom: toSbom(row, await componentsOf(trx, scope, id)) };
}
