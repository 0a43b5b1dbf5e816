import { newId } from "../../../../lib/ids.ts";
import { storable, storableJson } from "../../../../lib/storable.ts";
import type { Scope, Trx } from "../../../../platform/db.ts";
import { refuseUnknown } from "../../refuse.ts";
import type { Sbom, SbomQuality } from "../../sbom/schema.ts";
import { findRelease, updateDevice, updateRelease } from "../../store.ts";
import type { SbomUpload } from "../schema.ts";
import { briefQuality, showUpload, toSbom } from "../show.ts";
import {
  fileOf,
  findSbom,
  insertComponents,
  insertDependencies,
  insertSbom,
  listedIn,
  type NewComponent,
  sbomsById,
} from "../store.ts";

/** Keeps an SBOM as it came and as it was read, and makes it the release's current one. */
export async function keepSbom(
  trx: Trx,
  scope: Scope,
  release: { id: string; deviceId: string },
  read: {
    fileName: string;
    sha256: string;
    sizeBytes: number;
    zstd: Buffer;
    sbom: Sbom;
    quality: SbomQuality;
    edges: readonly (readonly [number, number])[];
    rows: readonly NewComponent[];
  },
  now: Date,
): Promise<SbomUpload> {
  const { sbom, fileName, sha256, sizeBytes } = read;
  const id = newId();
  const text = (value: string | null) => (value === null ? null : storable(value));
  await insertSbom(
    trx,
    scope,
    {
      id,
      releaseId: release.id,
      fileName,
      sha256,
      sizeBytes,
      format: storableJson(sbom.format),
      serial: text(sbom.serial),
      name: text(sbom.name),
      createdAt: text(sbom.createdAt),
      authors: storableJson(sbom.authors),
      tools: storableJson(sbom.tools),
      subject: sbom.subject === null ? null : storableJson(sbom.subject),
      components: sbom.components.length,
      quality: storableJson(briefQuality(read.quality)),
      problems: storableJson(sbom.problems),
      uploadedAt: now,
      uploadedBy: scope.actor.name,
    },
    read.zstd,
  );
  await insertComponents(trx, scope, { sbomId: id, releaseId: release.id }, read.rows);
  await insertDependencies(trx, scope, id, read.edges);
  await updateRelease(trx, scope, release.id, { sbomId: id });
  await updateDevice(trx, scope, release.deviceId, { updatedAt: now });
  return (await findSbomUpload(trx, scope, id)) ?? refuseUnknown("SBOM", id);
}

/** An upload as people see it, the release's current one or not. */
export async function findSbomUpload(trx: Trx, scope: Scope, id: string): Promise<SbomUpload | null> {
  const row = await findSbom(trx, scope, id);
  if (row === undefined) return null;
  const release = await findRelease(trx, scope, row.releaseId);
  return showUpload(row, release?.sbomId ?? null);
}

/** What SBOMs list, read back, by id. Unknown ones are left out. */
export async function readSboms(trx: Trx, scope: Scope, ids: readonly string[]): Promise<Map<string, Sbom>> {
  if (ids.length === 0) return new Map();
  const rows = await sbomsById(trx, scope, ids);
  const listed = Map.groupBy(await listedIn(trx, scope, ids), ({ sbomId }) => sbomId);
  return new Map(rows.map((row) => [row.id, toSbom(row, listed.get(row.id) ?? [])]));
}

/** The bytes of an upload, compressed as they are kept. Fault `not_found`. */
export async function getSbomFile(trx: Trx, scope: Scope, id: string) {
  const file = (await findSbom(trx, scope, id)) ?? refuseUnknown("SBOM", id);
  const { zstd } = (await fileOf(trx, scope, file.sha256)) ?? refuseUnknown("file of the SBOM", id);
  return { file, zstd };
}
