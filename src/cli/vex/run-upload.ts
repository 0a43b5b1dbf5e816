import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import { VexReceipt } from "../../features/intel/statements/schema.ts";
import { Fault } from "../../lib/fault.ts";
import { plain } from "../run-action.ts";
import { callServer, serverOf } from "../server/call-server.ts";

export interface VexUploadRequest {
  file: string;
  releaseId: string;
  author: string | null;
  server: string | null;
  key: string | null;
}

/** Sends a VEX document as it is and says what it does: one line on standard output, what was refused on standard error. */
export async function runVexUpload({ file, releaseId, author, server, key }: VexUploadRequest): Promise<number> {
  const target = serverOf(server, key);
  const body = await openAsBlob(file).catch((cause) => {
    throw new Fault("not_found", "There is no such file", { at: file, fix: "Name a VEX document", cause });
  });
  const headers = {
    "content-type": "application/octet-stream",
    "x-file-name": encodeURIComponent(basename(file)),
    ...(author === null ? {} : { "x-vex-author": encodeURIComponent(author) }),
  };
  const path = `/releases/${encodeURIComponent(releaseId)}/vex`;
  const receipt = await callServer(target, path, VexReceipt, { method: "POST", body, headers });
  const { document, unchanged, set, proposed } = receipt;
  for (const { at, reason } of document.refused)
    process.stderr.write(`cordon: refused: ${plain(at)}: ${plain(reason)}.\n`);
  process.stdout.write(
    unchanged
      ? "It was there already.\n"
      : `${document.statements} ${document.statements === 1 ? "statement" : "statements"} kept, ${document.speaking} of a finding; ${set} set, ${proposed} proposed.\n`,
  );
  return 0;
}
