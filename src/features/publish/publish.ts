import { createHash } from "node:crypto";
import { Fault } from "../../lib/fault.ts";
import { newId } from "../../lib/ids.ts";
import type { Scope, Trx } from "../../platform/db.ts";
import { record } from "../../platform/ledger/ledger.ts";
import type { PgpSigner } from "../../platform/openpgp.ts";
import { fileNameOf, trackingIdOf } from "./advisory/file-name.ts";
import type { AdvisoryContent, PublisherSettings } from "./schema.ts";
import {
  deleteAdvisory,
  findAdvisory,
  findPublisher,
  findRevision,
  insertAdvisory,
  insertRevision,
  lastPublishedAt,
  lockAdvisory,
  lockPublisher,
  namesOf,
  revisionsOf,
  takeNumber,
  updateAdvisory,
  writeKey,
  writePublisher,
} from "./store.ts";

/** The organisation's settings as a publisher; Fault `not_found` says where to write them. */
export async function getPublisher(trx: Trx, scope: Scope) {
  return (await findPublisher(trx, scope)) ?? refuseNoPublisher();
}

/** The same; undefined while nobody has said it. */
export const findPublisherOf = findPublisher;

function refuseNoPublisher(): never {
  throw new Fault("not_found", "Nobody has said yet who publishes", {
    at: "publisher",
    fix: "An administrator fills in Threats → Advisories → Publisher first",
  });
}

/** Keeps who the organisation is to its customers. Fault `conflict` when somebody changed it, or another organisation has the path. */
export async function keepPublisher(
  trx: Trx,
  scope: Scope,
  { revision, ...settings }: PublisherSettings & { revision: number },
  now: Date,
): Promise<void> {
  const before = await lockPublisher(trx, scope);
  if ((before?.revision ?? 0) !== revision)
    throw new Fault("conflict", "Someone changed this since you opened it", {
      at: "revision",
      fix: "Look at it again",
    });
  const providerOnSince = settings.providerOn ? (before?.providerOnSince ?? now) : null;
  const more = { revision: revision + 1, updatedAt: now, providerOnSince };
  const had = before === undefined ? null : { path: before.path, served: before.providerOn };
  if (!(await writePublisher(trx, scope, settings, more, had)))
    throw new Fault("conflict", `Another organisation on this server is or was at /csaf/${settings.path}/`, {
      at: "path",
      fix: "Choose another word",
    });
  const { organizationId } = scope;
  const subject = { type: "publisher", id: organizationId };
  const turned = (before?.providerOn ?? false) !== settings.providerOn;
  await record(trx, scope, { action: "publisher.changed", subject, before: before ?? null, after: settings });
  if (turned)
    await record(trx, scope, {
      action: settings.providerOn ? "csaf-provider.turned-on" : "csaf-provider.turned-off",
      subject,
      before: { on: !settings.providerOn },
      after: { on: settings.providerOn, path: settings.path },
    });
}

/**
 * Waits until it is this transaction's turn to publish, and returns the moment it publishes at: later than all that was published before,
 * so that a subscriber who asks for what is new since the last time misses nothing.
 */
export async function takeTurn(trx: Trx, scope: Scope, now: () => Date): Promise<Date> {
  if ((await lockPublisher(trx, scope)) === undefined) refuseNoPublisher();
  const last = await lastPublishedAt(trx, scope);
  return new Date(Math.max(now().getTime(), (last?.getTime() ?? 0) + 1));
}

/** Remembers the public half of the signing key, so that it can be served. */
export async function keepKey(trx: Trx, scope: Scope, signer: PgpSigner): Promise<void> {
  const before = await getPublisher(trx, scope);
  if (before.keyFingerprint === signer.fingerprint) return;
  await writeKey(trx, scope, { fingerprint: signer.fingerprint, publicKey: signer.publicKey });
  await record(trx, scope, {
    action: "publisher.key-named",
    subject: { type: "publisher", id: scope.organizationId },
    before: { fingerprint: before.keyFingerprint },
    after: { fingerprint: signer.fingerprint },
  });
}

/** Adds a draft under the next number of the year. */
export async function addDraft(trx: Trx, scope: Scope, content: AdvisoryContent, now: Date): Promise<string> {
  const { idPrefix } = await getPublisher(trx, scope);
  const number = (await takeNumber(trx, scope)) ?? refuseNoPublisher();
  const id = newId();
  const trackingId = trackingIdOf(idPrefix, now.getUTCFullYear(), number);
  await insertAdvisory(trx, scope, { id, trackingId, content, at: now });
  await note(trx, scope, "advisory.drafted", id, null, { trackingId, ...content });
  return id;
}

/** The advisory, or Fault `not_found`. */
export async function getAdvisory(trx: Trx, scope: Scope, id: string) {
  return (await findAdvisory(trx, scope, id)) ?? refuseUnknown(id);
}

/** The advisory, locked until the transaction ends. Fault `conflict` when somebody changed it since it was seen. */
export async function takeAdvisory(trx: Trx, scope: Scope, id: string, revision: number) {
  const found = (await lockAdvisory(trx, scope, id)) ?? refuseUnknown(id);
  if (found.revision !== revision)
    throw new Fault("conflict", `${found.updatedBy} changed this advisory since you opened it`, {
      at: "revision",
      fix: "Look at it again",
    });
  return found;
}

function refuseUnknown(id: string): never {
  throw new Fault("not_found", `There is no advisory ${id}`, { at: "id" });
}

/** Keeps what a person wrote. What was published stays as it is until the next issue. */
export async function keepContent(
  trx: Trx,
  scope: Scope,
  { id, revision, content }: { id: string; revision: number; content: AdvisoryContent },
  now: Date,
): Promise<void> {
  const before = await takeAdvisory(trx, scope, id, revision);
  if (before.state === "withdrawn")
    throw new Fault("conflict", `${before.trackingId} is withdrawn`, { at: "id", fix: "Start a new advisory" });
  const changed = before.state === "published";
  await updateAdvisory(trx, scope, id, { content, changed, revision: revision + 1, at: now });
  await note(trx, scope, "advisory.changed", id, before.content, content);
}

/** Throws a draft away that nobody ever saw. Fault `conflict` when it was published. */
export async function dropDraft(trx: Trx, scope: Scope, id: string, revision: number): Promise<void> {
  const before = await takeAdvisory(trx, scope, id, revision);
  if (before.publishedNumber !== null)
    throw new Fault("conflict", `${before.trackingId} was published`, { at: "id", fix: "Withdraw it instead" });
  await deleteAdvisory(trx, scope, id);
  await note(trx, scope, "advisory.discarded", id, before.content, null);
}

export interface Issued {
  document: string;
  category: string;
  status: "interim" | "final";
  title: string;
  /** What changed. */
  summary: string;
  signer: PgpSigner;
}

/** Adds the next revision of an advisory that `takeAdvisory` locked: its bytes with hashes and signature, for ever. */
export async function addRevision(
  trx: Trx,
  scope: Scope,
  advisory: Awaited<ReturnType<typeof takeAdvisory>>,
  { document, signer, ...issued }: Issued,
  now: Date,
): Promise<void> {
  const { id, trackingId, content, revision } = advisory;
  const before = await revisionsOf(trx, scope, id);
  const number = before.length + 1;
  const releasedAt = before[0]?.publishedAt ?? now;
  const sha256 = createHash("sha256").update(document).digest("hex");
  await insertRevision(trx, scope, {
    advisoryId: id,
    number,
    ...issued,
    tlp: content.tlp,
    trackingId,
    fileName: fileNameOf(trackingId),
    year: releasedAt.getUTCFullYear(),
    document,
    sha256,
    sha512: createHash("sha512").update(document).digest("hex"),
    signature: await signer.sign(document, now),
    keyFingerprint: signer.fingerprint,
    releasedAt,
    publishedAt: now,
    publishedById: scope.actor.id,
    publishedBy: scope.actor.name,
  });
  const isWithdrawal = issued.category === "csaf_base";
  const state = isWithdrawal ? "withdrawn" : "published";
  await updateAdvisory(trx, scope, id, {
    state,
    publishedNumber: number,
    changed: false,
    revision: revision + 1,
    at: now,
  });
  const last = before.at(-1);
  await note(
    trx,
    scope,
    isWithdrawal ? "advisory.withdrawn" : "advisory.published",
    id,
    last === undefined ? null : { number: last.number, sha256: last.sha256 },
    { number, sha256, tlp: content.tlp, keyFingerprint: signer.fingerprint },
  );
}

/** Notes in the ledger that something about an advisory left the house. */
export const noteLetter = (trx: Trx, scope: Scope, id: string, letter: { format: string; sha256: string }) =>
  note(trx, scope, "advisory.letter-exported", id, null, letter);

const note = (trx: Trx, scope: Scope, action: string, id: string, before: unknown, after: unknown) =>
  record(trx, scope, { action, subject: { type: "advisory", id }, before, after });

/** Revisions as they stand. */
export const revisions = { revisionsOf, findRevision };

/** Advisories and the publisher by id, as people call them. */
export const namePublishedThings = namesOf;
