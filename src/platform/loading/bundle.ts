import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { extract, pack } from "tar-stream";
import * as z from "zod";
import { asJson, type JsonValue } from "../../lib/canonical-json.ts";
import { Fault } from "../../lib/fault.ts";
import { type PublicKeys, type SigningKeys, signRecord, whyUnsigned } from "../ledger/keys.ts";
import type { KeptFiles } from "./kept-files.ts";

const PURPOSE = "intel-bundle/1";
const HEAD = "bundle.json";
const HEAD_BYTES = 64_000_000;
const DOCUMENT = /^documents\/([0-9a-f]{64})$/;

/** What a bundle says of itself; everything in it is under the signatures, the documents by their SHA-256. */
export const BundleHead = z.object({
  format: z.literal("cordon-intel-bundle"),
  version: z.literal(1),
  madeAt: z.iso.datetime(),
  /** The sources and what is kept of each, in the form of whoever made it. */
  contents: z.json(),
  documents: z.array(
    z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), sizeBytes: z.number().int().nonnegative() }),
  ),
});
export type BundleHead = z.infer<typeof BundleHead>;

const Signed = z.object({
  head: BundleHead,
  keys: z.object({ keyId: z.string(), ed25519: z.string(), mlDsa65: z.string() }),
  signatures: z.object({ ed25519: z.string(), mlDsa65: z.string() }),
});

/** Writes a signed tar: first `bundle.json`, then each document once. */
export async function writeBundle(
  path: string,
  { contents, documents, madeAt }: { contents: unknown; documents: BundleHead["documents"]; madeAt: Date },
  files: KeptFiles,
  keys: SigningKeys,
): Promise<void> {
  const unique = [...new Map(documents.map((one) => [one.sha256, one])).values()];
  const head: BundleHead = BundleHead.parse({
    format: "cordon-intel-bundle",
    version: 1,
    madeAt: madeAt.toISOString(),
    contents: asJson(contents),
    documents: unique.map(({ sha256, sizeBytes }) => ({ sha256, sizeBytes })),
  });
  const signed = { head, keys: keys.public, signatures: signRecord(keys, PURPOSE, head as JsonValue) };
  const tar = pack();
  const written = pipeline(tar, createWriteStream(path, { mode: 0o644 }));
  const fill = async () => {
    tar.entry({ name: HEAD }, JSON.stringify(signed));
    for (const { sha256, sizeBytes } of head.documents) {
      const entry = tar.entry({ name: `documents/${sha256}`, size: sizeBytes });
      await pipeline(createReadStream(files.pathOf(sha256)), entry);
    }
    tar.finalize();
  };
  try {
    await Promise.all([fill(), written]);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/**
 * Reads a bundle into the store, its signatures first: nothing of one that no trusted key signed is kept, and a document that is not the
 * one signed ends the import. Returns what it says of itself. Fault `tampered` names what is wrong.
 */
export async function readBundle(
  bytes: AsyncIterable<Uint8Array>,
  files: KeptFiles,
  trusted: readonly PublicKeys[],
  maxBytes: number,
): Promise<BundleHead> {
  const archive = extract();
  const fed = pipeline(Readable.from(bytes, { objectMode: true }), archive).catch((error: unknown) => error);
  let head: BundleHead | null = null;
  const missing = new Map<string, number>();
  try {
    for await (const entry of archive) {
      const { name, size = 0 } = entry.header;
      if (head === null) {
        head = await readHead(name, size, entry as AsyncIterable<Uint8Array>, trusted);
        for (const { sha256, sizeBytes } of head.documents) missing.set(sha256, sizeBytes);
        const total = head.documents.reduce((sum, one) => sum + one.sizeBytes, 0);
        if (total > maxBytes)
          throw new Fault("too_large", `The bundle unpacks to ${total} bytes; at most ${maxBytes}`, { at: HEAD });
        continue;
      }
      const sha256 = DOCUMENT.exec(name)?.[1];
      if (sha256 === undefined || missing.get(sha256) !== size)
        throw tampered(`It holds ${printable(name)}, which is not among the signed documents`);
      const held = await files.hold(entry as AsyncIterable<Uint8Array>);
      if (held.sha256 !== sha256) throw tampered(`Document ${sha256.slice(0, 12)}… was changed`);
      missing.delete(sha256);
    }
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault("bad_input", "This is no bundle of feeds, or it was cut off", {
      at: head === null ? HEAD : "documents",
      fix: "Copy the whole file again",
      cause,
    });
  } finally {
    archive.destroy();
    await fed;
  }
  if (head === null)
    throw new Fault("bad_input", "This is no bundle of feeds", { fix: "Make one with cordon intel bundle" });
  const [first] = missing.keys();
  if (first !== undefined)
    throw tampered(`${missing.size} of its documents are missing, the first ${first.slice(0, 12)}…`);
  return head;
}

async function readHead(
  name: string,
  size: number,
  entry: AsyncIterable<Uint8Array>,
  trusted: readonly PublicKeys[],
): Promise<BundleHead> {
  if (name !== HEAD || size > HEAD_BYTES)
    throw new Fault("bad_input", "This is no bundle of feeds", { at: printable(name) });
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry) chunks.push(chunk);
  const parsed = Signed.safeParse(jsonOf(Buffer.concat(chunks).toString("utf8")));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw tampered(
      `Its list cannot be read or is not signed (/${issue?.path.map(String).join("/") ?? ""}: ${issue?.message ?? ""})`,
    );
  }
  const { head, keys, signatures } = parsed.data;
  const key = trusted.find(({ keyId }) => keyId === keys.keyId);
  if (key === undefined)
    throw new Fault(
      "tampered",
      `It is signed by a key that is not trusted here (${printable(keys.keyId).slice(0, 16)}…)`,
      {
        at: HEAD,
        fix: "Ask whoever made it for the file of `cordon intel keys`, by another way than the bundle, and name it as trusted",
      },
    );
  const reason = whyUnsigned(key, PURPOSE, head as JsonValue, signatures);
  if (reason !== null) throw tampered(`The bundle was changed after it was signed: ${reason}`);
  return head;
}

const tampered = (reason: string) =>
  new Fault("tampered", reason, { at: HEAD, fix: "Nothing of it is used. Have it made and carried over again" });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
const printable = (text: string) => text.slice(0, 100).replace(/[\u0000-\u001f\u007f-\u009f]/g, "\ufffd");
