import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { zstdCompress } from "node:zlib";
import { recordOnDevices, sboms, takeRelease } from "../features/devices/devices.ts";
import { componentRows } from "../features/devices/parts/component-rows.ts";
import { layOut } from "../features/devices/parts/lay-out.ts";
import type { UploadReceipt } from "../features/devices/parts/schema.ts";
import { ntiaQuality } from "../features/devices/sbom/quality.ts";
import { readSbom } from "../features/devices/sbom/read-sbom.ts";
import { nameOf } from "../features/intel/assess/findings.ts";
import { identityOf } from "../features/intel/findings/identity.ts";
import { currentIndex } from "../features/intel/intel.ts";
import { Fault } from "../lib/fault.ts";
import { storable } from "../lib/storable.ts";
import { type Db, inScope, type Scope, type Trx } from "../platform/db.ts";
import { addJob } from "../platform/jobs/add-job.ts";
import { ASSESS_RELEASE } from "./assess-release.ts";
import { readSbomApart } from "./read-sbom-apart.ts";

const compress = promisify(zstdCompress);

/** A smaller SBOM is read in less time than a thread takes to start. */
const READ_APART_BYTES = 4 * 1024 * 1024;

export interface SbomArrival {
  bytes: Uint8Array;
  fileName: string;
}

/**
 * An SBOM came for a release: it is read, kept as it came and as it was read, made the release's current one, and the comparison
 * with the advisories is queued, all in one transaction. The very same bytes again change nothing.
 * Fault `bad_input` or `too_large` when it cannot be read: then nothing is kept and what was there stays.
 */
export async function sbomArrived(
  db: Db,
  scope: Scope,
  releaseId: string,
  arrived: SbomArrival,
  now: Date,
): Promise<UploadReceipt> {
  const read = await readArrived(arrived);
  return inScope(db, scope, (trx) => keepArrived(trx, scope, releaseId, read, now));
}

export type ReadArrival = Awaited<ReturnType<typeof readArrived>>;

/** Everything that can be done before the database is asked. */
export async function readArrived({ bytes, fileName }: SbomArrival) {
  const name = storable(fileName).slice(0, 200);
  const sbom = bytes.length > READ_APART_BYTES ? await readSbomApart(bytes, name) : readSbom(bytes, { name });
  if (sbom.components.length === 0 && sbom.subject === null)
    throw new Fault("bad_input", "The SBOM names no component", {
      at: name,
      fix: "Make it from the built device software",
    });
  const quality = ntiaQuality(sbom);
  const layout = layOut(sbom);
  const missing = new Map(quality.incomplete.map((component) => [component.ref, component.missing]));
  return {
    fileName: name,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    sizeBytes: bytes.length,
    zstd: await compress(bytes),
    sbom,
    quality,
    edges: layout.edges,
    rows: componentRows(sbom.components, layout, missing, (component) => identityOf(nameOf(component))),
  };
}

export async function keepArrived(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  read: ReadArrival,
  now: Date,
): Promise<UploadReceipt> {
  const release = await takeRelease(trx, scope, releaseId);
  const known = release.sbomId === null ? null : await sboms.findSbomUpload(trx, scope, release.sbomId);
  const hasAdvisories = (await currentIndex(trx, scope)) !== undefined;
  if (known?.sha256 === read.sha256) {
    const assessed = release.assessedSbomId === release.sbomId;
    return {
      sbom: known,
      unchanged: true,
      assessment: hasAdvisories ? (assessed ? "assessed" : "queued") : "no-advisories",
    };
  }
  const sbom = await sboms.keepSbom(trx, scope, release, read, now);
  await addJob(trx, scope, ASSESS_RELEASE, { releaseId }, { key: releaseId });
  await recordOnDevices(trx, scope, [
    {
      action: "sbom.uploaded",
      subject: { type: "sbom", id: sbom.id },
      before: known === null ? null : { sbomId: known.id, sha256: known.sha256 },
      after: { sbomId: sbom.id, releaseId, sha256: read.sha256, components: sbom.components, fileName: read.fileName },
      deviceId: release.deviceId,
      releaseId,
    },
  ]);
  return { sbom, unchanged: false, assessment: hasAdvisories ? "queued" : "no-advisories" };
}
