import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { UploadReceipt } from "../../features/devices/parts/schema.ts";
import { type Counts, Release } from "../../features/devices/schema.ts";
import { Fault } from "../../lib/fault.ts";
import { plain } from "../run-action.ts";
import { callServer, serverOf } from "../server/call-server.ts";

export interface UploadRequest {
  file: string;
  releaseId: string;
  server: string | null;
  key: string | null;
  wait: boolean;
  failOn: "exploited" | "critical" | "high" | "any" | null;
}

const WAIT_MS = 120_000;
const LOOK_EVERY_MS = 250;

/** Sends an SBOM as it is, waits for what is found in it, and says it in one line. Exit code 0, or 1 when the gate is closed. */
export async function runUpload({ file, releaseId, server, key, wait: waits, failOn }: UploadRequest): Promise<number> {
  const target = serverOf(server, key);
  const body = await openAsBlob(file).catch((cause) => {
    throw new Fault("not_found", "There is no such file", { at: file, fix: "Name an SBOM", cause });
  });
  const id = encodeURIComponent(releaseId);
  const headers = { "content-type": "application/octet-stream", "x-file-name": encodeURIComponent(basename(file)) };
  const receipt = await callServer(target, `/releases/${id}/sbom`, UploadReceipt, { method: "POST", body, headers });
  const { sbom, unchanged, assessment } = receipt;
  const stored = unchanged
    ? "It was there already"
    : `Stored ${sbom.components} ${sbom.components === 1 ? "part" : "parts"}`;
  process.stderr.write(
    `${stored} (${sbom.format.standard} ${sbom.format.version}, SHA-256 ${sbom.sha256.slice(0, 12)}…)\n`,
  );
  if (assessment === "no-advisories") return noAdvisories(failOn);
  if (!waits && failOn === null) return 0;

  const release = await assessed(target, id, sbom.uploadedAt);
  process.stdout.write(`${plain(release.sentence.map((part) => part.text).join(""))}\n`);
  return failOn !== null && release.counts !== null && closes(release.counts, failOn) ? 1 : 0;
}

function noAdvisories(failOn: UploadRequest["failOn"]): number {
  if (failOn === null) {
    process.stderr.write("The server has no advisories yet: nothing was compared\n");
    return 0;
  }
  throw new Fault("unavailable", "The server has no advisories yet, so the gate cannot be judged", {
    at: "--fail-on",
    fix: "Load sources of advisories on the server first",
  });
}

async function assessed(target: { url: string; key: string }, id: string, since: string): Promise<Release> {
  for (const end = Date.now() + WAIT_MS; Date.now() < end; await wait(LOOK_EVERY_MS)) {
    const release = await callServer(target, `/releases/${id}`, Release, { method: "GET" });
    if (release.assessedAt !== null && release.assessedAt >= since) return release;
  }
  throw new Fault("unavailable", "The server did not assess the SBOM within two minutes", {
    fix: "It is stored; look at the release's page later",
  });
}

const closes = (counts: Counts, failOn: NonNullable<UploadRequest["failOn"]>): boolean =>
  ({
    exploited: counts.exploited > 0,
    critical: counts.exploited + counts.critical > 0,
    high: counts.exploited + counts.critical + counts.high > 0,
    any: counts.open > 0,
  })[failOn];
