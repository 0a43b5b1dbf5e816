import { provisionsOf, referredBy } from "../features/controls/catalogue/refs.ts";
import { chosenCatalogues, formOf } from "../features/controls/controls.ts";
import { mds2Sheet } from "../features/controls/mds2/write-mds2.ts";
import { toComponents } from "../features/controls/oscal/to-components.ts";
import { getRelease, named } from "../features/devices/devices.ts";
import { traceFile } from "../features/security-file/trace/look.ts";
import type { TraceFrom } from "../features/security-file/trace/schema.ts";
import { matrixSheet, type Sheet, traceSheets } from "../features/security-file/trace/sheets.ts";
import { Fault } from "../lib/fault.ts";
import type { Scope, Trx } from "../platform/db.ts";
import { judgedFileOf } from "./judge-security-file.ts";

/** A release's file, with the evidence kept beside it and the catalogues it answers to. Fault `not_found` without a security file. */
async function filed(trx: Trx, scope: Scope, releaseId: string) {
  const release = await getRelease(trx, scope, releaseId);
  const [device] = await named.devicesById(trx, scope, [release.deviceId]);
  const { file, revision, changedAt } = await judgedFileOf(trx, scope, releaseId, new Date());
  if (revision === 0 || device === undefined)
    throw new Fault("not_found", `Release ${release.version} has no security file`, {
      at: "id",
      fix: "Start one on the release's page, or upload it",
    });
  const chosen = await chosenCatalogues(trx, scope, releaseId);
  const catalogues = [...chosen.catalogues, ...chosen.others];
  return { file, catalogues, device, release, stem: stemOf(device.name, release.version), changedAt };
}

/** The matrix of a release as one table, from one column on. */
export async function traceTable(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  from: TraceFrom,
): Promise<{ sheet: Sheet; stem: string }> {
  const { file, catalogues, stem } = await filed(trx, scope, releaseId);
  return { sheet: matrixSheet(file, traceFile(file, referredBy(file, catalogues)), from), stem };
}

/** Coverage, gaps and the matrix of a release, for a workbook. */
export async function traceTables(
  trx: Trx,
  scope: Scope,
  releaseId: string,
): Promise<{ sheets: Sheet[]; stem: string }> {
  const { file, catalogues, stem } = await filed(trx, scope, releaseId);
  return { sheets: traceSheets(file, traceFile(file, referredBy(file, catalogues))), stem };
}

/** What a release does about the controls of its catalogues, as an OSCAL component definition. */
export async function releaseComponents(trx: Trx, scope: Scope, releaseId: string) {
  const { file, catalogues, device, release, stem, changedAt } = await filed(trx, scope, releaseId);
  const of = {
    releaseId,
    device: device.name,
    version: release.version,
    manufacturer: device.manufacturer,
    at: changedAt ?? new Date(0),
  };
  return { document: toComponents(file, of, provisionsOf(catalogues)).document, stem };
}

/** The answers of a release's MDS2 form, as a table. Fault `not_found` without one. */
export async function mds2Table(trx: Trx, scope: Scope, releaseId: string): Promise<{ sheet: Sheet; stem: string }> {
  const release = await getRelease(trx, scope, releaseId);
  const [device] = await named.devicesById(trx, scope, [release.deviceId]);
  const form = await formOf(trx, scope, releaseId);
  if (form === null)
    throw new Fault("not_found", `Release ${release.version} has no MDS2 form`, {
      at: "id",
      fix: "Upload the filled workbook",
    });
  return { sheet: mds2Sheet(form.answers), stem: stemOf(device?.name ?? "", release.version) };
}

const stemOf = (device: string, version: string): string =>
  `${device} ${version}`
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9.]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 100) || "release";
