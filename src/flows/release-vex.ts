import { getRelease, named } from "../features/devices/devices.ts";
import { stated } from "../features/intel/intel.ts";
import { statementsFromFindings } from "../features/intel/vex/out/from-findings.ts";
import { writeCsafVex } from "../features/intel/vex/write-csaf.ts";
import { writeCycloneDxVex } from "../features/intel/vex/write-cyclonedx.ts";
import { writeOpenVex } from "../features/intel/vex/write-openvex.ts";
import { findPublisherOf } from "../features/publish/publish.ts";
import type { VexOutFormat } from "../features/publish/schema.ts";
import { Fault } from "../lib/fault.ts";
import { newId } from "../lib/ids.ts";
import type { Scope, Trx } from "../platform/db.ts";

const MOST_FINDINGS = 50_000;

const WRITERS = { cyclonedx: writeCycloneDxVex, openvex: writeOpenVex, csaf: writeCsafVex } as const;
const ENDING = { cyclonedx: "cdx.json", openvex: "openvex.json", csaf: "csaf.json" } as const;

/**
 * All that is known of a release's findings, as VEX for a hospital's tools: decided ones as they were decided, the others as under
 * investigation. Fault `not_found` when there is no finding to speak of, `too_large` when there are more than one document states.
 */
export async function releaseVex(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  format: VexOutFormat,
  now: Date,
): Promise<{ text: string; fileName: string }> {
  const release = await getRelease(trx, scope, releaseId);
  const [device] = await named.devicesById(trx, scope, [release.deviceId]);
  const findings = await stated.statedFindings(trx, scope, { releaseId }, MOST_FINDINGS);
  if (device === undefined || findings.length === 0)
    throw new Fault("not_found", `Release ${release.version} has no finding that VEX could speak of`, {
      at: "id",
      fix: "Upload its SBOM and read the advisories first",
    });
  const publisher = await findPublisherOf(trx, scope);
  if (format === "csaf" && publisher === undefined)
    throw new Fault("not_found", "CSAF names its publisher, and nobody has said yet who publishes", {
      at: "format",
      fix: "Fill in Threats → Advisories → Publisher, or take CycloneDX or OpenVEX",
    });
  const author = publisher?.name ?? (device.manufacturer || device.name);
  const document = {
    id: newId(),
    title: `Vulnerabilities in ${device.name} ${release.version}`,
    issuedAt: now,
    author,
    namespace: publisher?.namespace ?? "",
  };
  const statements = statementsFromFindings({ name: device.name, version: release.version }, author, findings);
  const name = `${device.name}-${release.version}`.replaceAll(/[^\w.+-]+/g, "-").toLowerCase();
  return {
    text: `${JSON.stringify(WRITERS[format](document, statements), null, 2)}\n`,
    fileName: `${name}.vex.${ENDING[format]}`,
  };
}
