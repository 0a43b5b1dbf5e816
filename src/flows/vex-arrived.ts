import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { zstdCompress } from "node:zlib";
import { recordOnDevices, takeRelease } from "../features/devices/devices.ts";
import { statements } from "../features/intel/intel.ts";
import type { VexReceipt } from "../features/intel/statements/schema.ts";
import { showDocument } from "../features/intel/statements/show.ts";
import { sourceKey } from "../features/intel/statements/weigh.ts";
import { notToCome } from "../features/intel/vex/not-to-come.ts";
import { readVex } from "../features/intel/vex/read-vex.ts";
import { Fault } from "../lib/fault.ts";
import { newId } from "../lib/ids.ts";
import { storable, storableJson } from "../lib/storable.ts";
import { type Db, inScope, type Scope, type Trx } from "../platform/db.ts";
import { weighVex } from "./weigh-vex.ts";

const compress = promisify(zstdCompress);

export interface VexArrival {
  bytes: Uint8Array;
  fileName: string;
  /** Whose statements they are, as the uploader says, where the document names nobody. */
  author: string | null;
}

const MOST_STATEMENTS = 50_000;

/**
 * A VEX document came for a release: it is kept as it came with every statement, its author and the author's trust, and held against
 * the release's findings, all in one transaction. The very same bytes again change nothing. Fault `bad_input` when no statement of it
 * can be used, with the place and reason of the first: then nothing is kept.
 */
export async function vexArrived(
  db: Db,
  scope: Scope,
  releaseId: string,
  arrived: VexArrival,
  now: Date,
): Promise<VexReceipt> {
  const read = await readArrived(arrived, now);
  return inScope(db, scope, (trx) => keepArrived(trx, scope, releaseId, read, now));
}

async function readArrived({ bytes, fileName, author }: VexArrival, now: Date) {
  const name = storable(fileName).slice(0, 200);
  const reading = notToCome(readVex(bytes, { name }), now);
  const [first] = reading.refused;
  if (reading.statements.length === 0)
    throw new Fault(
      "bad_input",
      first === undefined ? "The document states nothing" : `No statement can be used: ${first.reason}`,
      {
        at: first?.at ?? name,
        fix: "Each statement names a vulnerability, a product and a status; not_affected says why",
      },
    );
  if (reading.statements.length > MOST_STATEMENTS)
    throw new Fault(
      "too_large",
      `The document has ${reading.statements.length} statements; the limit is ${MOST_STATEMENTS}`,
      {
        at: name,
        fix: "Split it",
      },
    );
  const stated = author?.trim() || null;
  return {
    name,
    reading: {
      ...reading,
      statements: reading.statements.map((one) =>
        one.author === null && stated !== null ? { ...one, author: stated, authorNamedBy: "uploader" as const } : one,
      ),
    },
    sha256: createHash("sha256").update(bytes).digest("hex"),
    sizeBytes: bytes.length,
    zstd: await compress(bytes),
  };
}

async function keepArrived(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  { name, reading, sha256, sizeBytes, zstd }: Awaited<ReturnType<typeof readArrived>>,
  now: Date,
): Promise<VexReceipt> {
  const release = await takeRelease(trx, scope, releaseId);
  const known = await statements.documentWith(trx, scope, releaseId, sha256);
  if (known !== undefined) return { document: await shown(trx, scope, known.id), unchanged: true, set: 0, proposed: 0 };
  const id = newId();
  const { format, formatVersion, refused } = reading;
  await statements.insertDocument(trx, scope, {
    ...{ id, releaseId, fileName: name, sha256, sizeBytes, zstd, format, formatVersion },
    statements: reading.statements.length,
    refused: storableJson(refused),
    uploadedAt: now,
    uploadedBy: scope.actor.name,
  });
  const authors = new Map(
    reading.statements.map(({ author }) => [
      sourceKey(author),
      storable(author ?? "")
        .trim()
        .slice(0, 300),
    ]),
  );
  const sources = await statements.keepSources(
    trx,
    scope,
    [...authors].map(([key, author]) => ({ id: newId(), key: storable(key), name: author })),
    now,
  );
  const rows = reading.statements.flatMap((statement, ordinal) => {
    const source = sources.get(storable(sourceKey(statement.author)));
    if (source === undefined) return [];
    return [{ id: newId(), sourceId: source.id, ordinal, trust: source.trust, status: statement.status, statement }];
  });
  await statements.insertStatements(trx, scope, { documentId: id, releaseId }, rows);
  const { set, proposed } = await weighVex(trx, scope, releaseId, now);
  await recordOnDevices(trx, scope, [
    {
      action: "vex.uploaded",
      subject: { type: "vex", id },
      before: null,
      after: {
        releaseId,
        sha256,
        fileName: name,
        format,
        statements: rows.length,
        authors: [...authors.values()],
        set,
        proposed,
      },
      deviceId: release.deviceId,
      releaseId,
    },
  ]);
  return { document: await shown(trx, scope, id), unchanged: false, set, proposed };
}

async function shown(trx: Trx, scope: Scope, id: string) {
  const row = await statements.findDocument(trx, scope, id);
  if (row === undefined) throw new Fault("not_found", `There is no VEX document ${id}`, { at: "id" });
  return showDocument(row);
}

/** A document was given by mistake: it sets and proposes nothing any more. It stays readable. Fault `not_found`. */
export async function withdrawVex(trx: Trx, scope: Scope, id: string, now: Date) {
  const before = await shown(trx, scope, id);
  if (before.withdrawnAt !== null) return before;
  const releases = await statements.releasesOfDocument(trx, scope, id);
  const locked = [];
  for (const releaseId of releases) locked.push(await takeRelease(trx, scope, releaseId));
  await statements.withdrawDocument(trx, scope, id, now);
  for (const releaseId of releases) await weighVex(trx, scope, releaseId, now);
  const release = locked.find((one) => one.id === before.releaseId);
  await recordOnDevices(trx, scope, [
    {
      action: "vex.withdrawn",
      subject: { type: "vex", id },
      before,
      after: null,
      deviceId: release?.deviceId ?? "",
      releaseId: before.releaseId,
    },
  ]);
  return shown(trx, scope, id);
}
