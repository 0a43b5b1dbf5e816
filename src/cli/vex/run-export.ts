import { randomUUID } from "node:crypto";
import { componentsOf } from "../../features/intel/assess/assess.ts";
import { statementsFromDecisions } from "../../features/intel/vex/from-decisions.ts";
import type { VexStatement } from "../../features/intel/vex/schema.ts";
import { writeCsafVex } from "../../features/intel/vex/write-csaf.ts";
import { writeCycloneDxVex } from "../../features/intel/vex/write-cyclonedx.ts";
import { type VexDocument, writeOpenVex } from "../../features/intel/vex/write-openvex.ts";
import { Fault } from "../../lib/fault.ts";
import { readSubject } from "../assess/read-subject.ts";
import { releaseOfFile } from "../device-release.ts";
import { writeOut } from "../output.ts";
import { plain } from "../run-action.ts";

export interface VexExportRequest {
  path: string;
  /** Null: the last one. */
  release: string | null;
  format: "cyclonedx" | "openvex" | "csaf";
  namespace: string | null;
}

/** Writes the decisions of a device folder's release as VEX to standard output; decisions that cannot be said are named on standard error. */
export async function runVexExport({ path, release: wanted, format, namespace }: VexExportRequest): Promise<number> {
  const { device, release, at } = releaseOfFile(path, wanted);
  const issuedAt = new Date();
  const { sboms } = readSubject(path, release.version);
  const { statements, refused } = statementsFromDecisions({
    device,
    release,
    components: componentsOf(sboms),
    path: at,
    issuedAt,
  });
  for (const { at: place, reason } of refused)
    process.stderr.write(`cordon: left out: ${plain(place)}: ${plain(reason)}.\n`);
  if (statements.length === 0)
    throw new Fault("not_found", `Release ${release.version} has no decision that can be written as VEX`, {
      at,
      fix: "Put decisions under the release, or name another with --release",
    });
  const document: VexDocument = {
    id: randomUUID(),
    title: `Vulnerabilities in ${device.name} ${release.version}`,
    issuedAt,
    author: device.manufacturer || device.name,
    namespace: format === "csaf" ? publisherAddress(namespace) : "",
  };
  writeOut(`${JSON.stringify(write(format, document, statements), null, 2)}\n`);
  return 0;
}

function write(format: VexExportRequest["format"], document: VexDocument, statements: readonly VexStatement[]): object {
  switch (format) {
    case "cyclonedx":
      return writeCycloneDxVex(document, statements);
    case "openvex":
      return writeOpenVex(document, statements);
    case "csaf":
      return writeCsafVex(document, statements);
  }
}

function publisherAddress(text: string | null): string {
  if (text !== null && URL.canParse(text) && text.startsWith("https://")) return text;
  throw new Fault("bad_input", "CSAF names its publisher by an address", {
    at: "--namespace",
    fix: "Give the publisher's https address, as in --namespace https://psirt.example.com",
  });
}
