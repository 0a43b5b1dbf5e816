import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import { CatalogueReceipt } from "../../features/controls/schema.ts";
import { Fault } from "../../lib/fault.ts";
import { plain } from "../run-action.ts";
import { callServer, serverOf } from "../server/call-server.ts";

export interface ImportRequest {
  file: string;
  server: string | null;
  key: string | null;
}

/** Gives a server an OSCAL catalogue or profile: one line on standard output, what was left out on standard error. */
export async function runImport({ file, server, key }: ImportRequest): Promise<number> {
  const target = serverOf(server, key);
  const body = await openAsBlob(file).catch((cause) => {
    throw new Fault("not_found", "There is no such file", { at: file, fix: "Name an OSCAL file", cause });
  });
  const headers = { "content-type": "application/octet-stream", "x-file-name": encodeURIComponent(basename(file)) };
  const { catalogue, unchanged } = await callServer(target, "/catalogs", CatalogueReceipt, {
    method: "POST",
    body,
    headers,
  });
  for (const { at, what } of catalogue.losses)
    process.stderr.write(`cordon: left out: ${plain(at)}: ${plain(what)}.\n`);
  const name = plain(catalogue.name);
  process.stdout.write(
    unchanged ? `${name} was there already.\n` : `${name}: ${catalogue.controls} controls imported.\n`,
  );
  return 0;
}
