import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import { type EvidenceKind, KIND_WORDS } from "../../features/evidence/schema.ts";
import { EvidenceReceipt } from "../../features/evidence/stored/schema.ts";
import { Fault } from "../../lib/fault.ts";
import { writeOut } from "../output.ts";
import { plain } from "../run-action.ts";
import { callServer, serverOf } from "../server/call-server.ts";
import { readFile } from "./run-show.ts";
import { factsTable } from "./table.ts";

export interface AddRequest {
  files: readonly string[];
  releaseId: string | null;
  controls: readonly string[];
  tests: readonly string[];
  from: string | null;
  until: string | null;
  expect: EvidenceKind | null;
  note: string | null;
  dryRun: boolean;
  failOnOpen: boolean;
  server: string | null;
  key: string | null;
}

/** Reads every file first, so that a bad one stops before any is sent; then sends them and says what came of each. */
export async function runAdd(asked: AddRequest): Promise<number> {
  for (const file of asked.files) {
    const { facts, sha256 } = await readFile(file, asked.expect);
    if (asked.dryRun) writeOut(`${file}\n${factsTable(facts, sha256)}\n`);
  }
  if (asked.dryRun) return 0;
  if (asked.releaseId === null)
    throw new Fault("bad_input", "Which release?", { at: "--release", fix: "Its id is in its page's address" });
  const target = serverOf(asked.server, asked.key);
  const path = `/releases/${encodeURIComponent(asked.releaseId)}/evidence?${queryOf(asked)}`;
  let open = 0;
  for (const file of asked.files) {
    const headers = {
      "content-type": "application/octet-stream",
      "x-file-name": encodeURIComponent(basename(file)),
      "user-agent": "cordon",
    };
    const body = await openAsBlob(file);
    const receipt = await callServer(target, path, EvidenceReceipt, { method: "POST", body, headers });
    open += receipt.evidence.openFindings;
    writeOut(`${lineOf(file, receipt)}\n`);
  }
  return asked.failOnOpen && open > 0 ? 1 : 0;
}

function queryOf({ controls, tests, from, until, expect, note }: AddRequest): string {
  const query = new URLSearchParams();
  for (const id of controls) query.append("control", id);
  for (const id of tests) query.append("test", id);
  for (const [key, value] of Object.entries({ from, until, kind: expect, note }))
    if (value !== null) query.set(key, value);
  return query.toString();
}

function lineOf(file: string, { evidence, unchanged, newFindings, reopened }: EvidenceReceipt): string {
  const { summary, provesFrom, provesUntil, proves, findings, openFindings, sha256 } = evidence;
  const strangers = proves.filter(({ known }) => !known).map(({ id }) => id);
  return plain(
    [
      `${file}: ${KIND_WORDS[summary.kind]}${unchanged ? ", was there already" : ""}`,
      `proves ${proves.length === 0 ? "nothing yet (--control, --test)" : proves.map(({ id }) => id).join(", ")} from ${provesFrom}${provesUntil === null ? "" : ` to ${provesUntil}`}`,
      strangers.length > 0 ? `the security file has no ${strangers.join(", ")}` : "",
      findings === 0
        ? "no findings"
        : `${findings} findings, ${newFindings} new, ${openFindings} without a disposition`,
      reopened > 0 ? `${reopened} were called fixed and are found again` : "",
      `SHA-256 ${sha256.slice(0, 12)}…`,
    ]
      .filter((part) => part !== "")
      .join("; "),
  );
}
