import { Changed, StoredFile } from "../../features/security-file/change/schema.ts";
import { callServer, serverOf } from "../server/call-server.ts";
import { readPath } from "./read-path.ts";

export interface UploadFileRequest {
  path: string;
  /** Of a device folder: the release. */
  version: string | null;
  releaseId: string;
  how: "replace" | "merge";
  server: string | null;
  key: string | null;
}

/** Puts a security file kept beside the source onto the server, in place of what is there or merged into it. Exit code 0. */
export async function runUploadFile({
  path,
  version,
  releaseId,
  how,
  server,
  key,
}: UploadFileRequest): Promise<number> {
  const target = serverOf(server, key);
  const { file, at } = await readPath(path, version);
  const address = `/releases/${encodeURIComponent(releaseId)}/security-file`;
  const { revision } = await callServer(target, address, StoredFile, { method: "GET" });
  const query = new URLSearchParams({ how, revision: String(revision) });
  const changed = await callServer(target, `${address}?${query}`, Changed, {
    method: "POST",
    body: new Blob([JSON.stringify(file)]),
    headers: { "content-type": "application/octet-stream", "x-file-name": encodeURIComponent(at.slice(-200)) },
  });
  const count = Object.keys(changed.revisions).length;
  process.stderr.write(
    changed.revision === revision
      ? `Nothing is different; revision ${revision} stands\n`
      : `${count} ${count === 1 ? "item is" : "items are"} different; now at revision ${changed.revision}\n`,
  );
  return 0;
}
