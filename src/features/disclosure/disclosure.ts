import { createHash, randomBytes } from "node:crypto";
import { readKey } from "openpgp";
import { Fault } from "../../lib/fault.ts";
import { newId } from "../../lib/ids.ts";
import { storable } from "../../lib/storable.ts";
import type { Scope, Trx } from "../../platform/db.ts";
import { record } from "../../platform/ledger/ledger.ts";
import type { FileSeal } from "../../platform/seal.ts";
import { mayBecome, needsWords } from "./case-state.ts";
import {
  addAttachment,
  addCase,
  addMessage,
  caseNumbers,
  changeCase,
  countCases,
  countMessages,
  findAttachment,
  isPlace,
  lockCaseBy,
  pageOfCases,
} from "./cases/store.ts";
import { proposedIntake } from "./intake/proposed.ts";
import { addIntake, countUp, findIntake, takeNumber, writeIntake } from "./intake/store.ts";
import type { ReadFile } from "./read-form.ts";
import { addReceipt, changeReceipt, DONE, organizationsWithReceipts, takeReceipt } from "./receipts/store.ts";
import { type CaseChange, type CaseVia, type IntakeSettings, type NewReport, REPORT_LIMITS } from "./schema.ts";
import type { DisclosureCaseRow } from "./tables.ts";

export interface Arrival {
  report: NewReport;
  files: readonly ReadFile[];
  via: CaseVia;
  /** Names the message it came in, so that the same one twice opens one case. */
  sourceId: string | null;
  /** The mail it came in may be answered by a program (RFC 3834); left out: it may not. */
  answerable?: boolean;
}

export interface Opened {
  id: string;
  number: string;
  /** The word of the reporter's link; null when the case was there already. */
  token: string | null;
  unchanged: boolean;
}

/** Opens a case for a report that arrived; its files are sealed and never looked into. */
export async function openCase(trx: Trx, scope: Scope, arrival: Arrival, seal: FileSeal, now: Date): Promise<Opened> {
  const { report, files, via, sourceId } = arrival;
  if (sourceId !== null) {
    const known = await lockCaseBy(trx, scope, "sourceId", sourceId);
    if (known !== undefined) return { id: known.id, number: known.number, token: null, unchanged: true };
  }
  const id = newId();
  const token = newToken();
  const number = `CVD-${now.getUTCFullYear()}-${String(await nextNumber(trx, scope)).padStart(4, "0")}`;
  const words = Object.fromEntries(Object.entries(report).map(([name, text]) => [name, storable(text)])) as NewReport;
  await addCase(trx, scope, {
    ...words,
    ...{ id, number, via, sourceId, tokenHash: hashOf(token) },
    ...{ state: "received", stateSince: now, receivedAt: now },
    ...{ ownerId: null, ownerName: null, deviceId: null, releaseId: null, advisory: null, embargoOn: null },
  });
  const kept = [];
  for (const file of files) kept.push(await keepFile(trx, scope, id, file, seal));
  await record(trx, scope, {
    action: "report.received",
    subject: { type: "report", id },
    before: null,
    after: { number, via, words: hashOf(JSON.stringify(words)), attachments: kept },
  });
  return { id, number, token, unchanged: false };
}

async function keepFile(trx: Trx, scope: Scope, caseId: string, { fileName, bytes }: ReadFile, seal: FileSeal) {
  const id = newId();
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const sealed = seal.closeBytes(bytes, placeOf(scope, id));
  await addAttachment(trx, scope, { id, caseId, fileName, sizeBytes: bytes.length, sha256, sealed });
  return sha256;
}

/** The bytes of an attachment as they came. Fault `not_found`; `tampered` when they are not what was kept. */
export async function openAttachment(trx: Trx, scope: Scope, id: string, seal: FileSeal) {
  const found = await findAttachment(trx, scope, id);
  if (found === undefined) throw new Fault("not_found", "There is no such attachment", { at: "id" });
  return { fileName: found.fileName, bytes: seal.openBytes(found.sealed, placeOf(scope, id)) };
}

const placeOf = ({ organizationId }: Scope, id: string) => `${organizationId}/${id}`;

/** What the reporter writes on the page of the link. Fault `not_found`, `too_many`. */
export async function hearReporter(trx: Trx, scope: Scope, token: string, text: string, now: Date): Promise<Heard> {
  const found = await lockCaseBy(trx, scope, "tokenHash", hashOf(token));
  if (found === undefined) throw noSuchLink();
  return hear(trx, scope, found, text, now);
}

/** A mail that quotes a case's number, when it comes from the address the report came from. Null: it is no answer to a case. */
export async function hearMail(trx: Trx, scope: Scope, number: string, from: string, text: string, now: Date) {
  const found = await lockCaseBy(trx, scope, "number", number);
  if (found === undefined || from === "" || found.contact.toLowerCase() !== from.toLowerCase()) return null;
  return hear(trx, scope, found, text, now);
}

/** The case a message was added to. */
export type Heard = Pick<DisclosureCaseRow, "id" | "number" | "ownerId">;

async function hear(trx: Trx, scope: Scope, found: DisclosureCaseRow, text: string, now: Date): Promise<Heard> {
  if ((await countMessages(trx, scope, found.id)) >= REPORT_LIMITS.messages)
    throw new Fault("too_many", "This case has very many messages", { fix: "Write to the address on the policy page" });
  await addMessage(trx, scope, messageOf(found.id, "reporter", "The reporter", text, now));
  await changeCase(trx, scope, found.id, { unread: true });
  await record(trx, scope, {
    action: "report.answered-by-reporter",
    subject: { type: "report", id: found.id },
    before: null,
    after: { words: hashOf(text) },
  });
  return found;
}

/** Writes to the reporter, or a note that only we see. */
export async function say(trx: Trx, scope: Scope, id: string, text: string, internal: boolean, now: Date) {
  const found = await take(trx, scope, id);
  await addMessage(trx, scope, messageOf(id, internal ? "internal" : "us", scope.actor.name, text, now));
  if (!internal && found.unread) await changeCase(trx, scope, id, { unread: false });
  await record(trx, scope, {
    action: internal ? "report.note-added" : "report.answered",
    subject: { type: "report", id },
    before: null,
    after: { words: hashOf(text) },
  });
}

type Change = Omit<CaseChange, "revision" | "words" | "ownerId"> & {
  owner?: { id: string; name: string } | null;
};

/**
 * Moves a case on and writes what it is about. Fault `conflict` when somebody changed it meanwhile, `bad_input` for a step that its
 * state does not allow, a rejection without words, or a release that is not the device's.
 */
export async function handleCase(
  trx: Trx,
  scope: Scope,
  { id, revision, words = "" }: { id: string; revision: number; words?: string | undefined },
  { state, owner, ...facts }: Change,
  now: Date,
): Promise<{ before: DisclosureCaseRow; state: DisclosureCaseRow["state"] }> {
  const before = await take(trx, scope, id);
  if (before.revision !== revision)
    throw new Fault("conflict", "Someone changed this case since you opened it", {
      at: "revision",
      fix: "Look at it again",
    });
  const moves = state !== undefined && state !== before.state;
  if (moves && !mayBecome(before.state, state))
    throw new Fault("bad_input", `A case that is “${before.state}” cannot become “${state}”`, { at: "state" });
  if (moves && needsWords(state) && words === "")
    throw new Fault("bad_input", "Say to the reporter why the report is rejected", { at: "words" });
  const after = { ...before, ...withoutUndefined(facts) };
  if (facts.deviceId !== undefined && facts.releaseId === undefined && facts.deviceId !== before.deviceId)
    after.releaseId = null;
  if (!(await isPlace(trx, scope, after.deviceId, after.releaseId)))
    throw new Fault("not_found", "There is no such device, or the release is not one of it", { at: "deviceId" });
  const change = {
    ...withoutUndefined(facts),
    releaseId: after.releaseId,
    ...(owner === undefined ? {} : { ownerId: owner?.id ?? null, ownerName: owner?.name ?? null }),
    ...(moves ? { state, stateSince: now, unread: false } : {}),
  };
  await changeCase(trx, scope, id, change);
  if (moves) await addMessage(trx, scope, messageOf(id, "state", scope.actor.name, state, now));
  if (moves && words !== "") await addMessage(trx, scope, messageOf(id, "us", scope.actor.name, words, now));
  await record(trx, scope, {
    action: moves ? `report.${state}` : "report.changed",
    subject: { type: "report", id },
    before: factsOf(before),
    after: { ...factsOf({ ...before, ...change }), ...(words === "" ? {} : { words: hashOf(words) }) },
  });
  return { before, state: moves ? state : before.state };
}

/** A new link for the reporter; the one before stops working. Returns its word. */
export async function renewLink(trx: Trx, scope: Scope, id: string, now: Date): Promise<string> {
  await take(trx, scope, id);
  const token = newToken();
  await changeCase(trx, scope, id, { tokenHash: hashOf(token) });
  await changeReceipt(trx, scope, id, { ...DONE, state: "handed", at: now });
  await record(trx, scope, { action: "report.link-renewed", subject: { type: "report", id }, before: null, after: {} });
  return token;
}

/** Opens or closes the intake, and writes what it shows. Fault `conflict`; `bad_input` for a key that is none, or a private one. */
export async function keepIntake(trx: Trx, scope: Scope, revision: number, settings: IntakeSettings): Promise<void> {
  if (settings.pgpKey !== null) await checkKey(settings.pgpKey);
  const before = await findIntake(trx, scope);
  const taken = () =>
    new Fault(
      "conflict",
      "This path belongs to another organisation of this server, or the settings changed meanwhile",
      {
        at: "slug",
        fix: "Choose another path, or look at them again",
      },
    );
  try {
    const written =
      before === undefined
        ? revision === 0 && (await addIntake(trx, scope, settings, randomBytes(32).toString("base64url")))
        : await writeIntake(trx, scope, revision, settings);
    if (!written) throw taken();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "23505") throw taken();
    throw error;
  }
  await record(trx, scope, {
    action: settings.enabled ? "disclosure-intake.opened" : "disclosure-intake.closed",
    subject: { type: "organization", id: scope.organizationId },
    before: before === undefined ? null : shownOf(before),
    after: shownOf(settings),
  });
}

async function checkKey(armored: string): Promise<void> {
  const key = await readKey({ armoredKey: armored }).catch((cause) => {
    throw new Fault("bad_input", "This is no armoured OpenPGP key", { at: "pgpKey", cause });
  });
  if (key.isPrivate())
    throw new Fault("bad_input", "This is a private key. Nobody else may ever have it", {
      at: "pgpKey",
      fix: "Export the public key (gpg --armor --export), and make a new key pair if the private one was sent anywhere",
    });
}

async function nextNumber(trx: Trx, scope: Scope): Promise<number> {
  const taken = await takeNumber(trx, scope);
  if (taken !== undefined) return taken;
  const { organizationId } = scope;
  const settings = { ...proposedIntake("Our organisation"), slug: `o-${organizationId.slice(-12)}` };
  await addIntake(trx, scope, settings, randomBytes(32).toString("base64url"));
  return (await takeNumber(trx, scope)) ?? 1;
}

async function take(trx: Trx, scope: Scope, id: string): Promise<DisclosureCaseRow> {
  const found = await lockCaseBy(trx, scope, "id", id);
  if (found === undefined) throw new Fault("not_found", "There is no such report", { at: "id" });
  return found;
}

export const noSuchLink = () =>
  new Fault("not_found", "This link leads nowhere", {
    fix: "Check that it is whole; a newer link may have taken its place",
  });

/** What goes out by mail; the story is `flows/mail-receipts.ts`. */
export const receipts = {
  DONE,
  add: addReceipt,
  change: changeReceipt,
  countUp,
  due: organizationsWithReceipts,
  intake: findIntake,
  take: takeReceipt,
};

/** What Today reads; the story is `flows/today.ts`. */
export const cases = { page: pageOfCases, count: countCases };

/** The numbers of cases, for whoever shows what happened to them. */
export const nameReports = caseNumbers;

/** What is kept of a link's word. */
export const hashOf = (word: string): string => createHash("sha256").update(word).digest("hex");
const newToken = (): string => randomBytes(32).toString("base64url");

const messageOf = (
  caseId: string,
  side: "reporter" | "us" | "internal" | "state",
  byName: string,
  text: string,
  at: Date,
) => ({ id: newId(), caseId, at, side, byName, text: storable(text) });

type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };
const withoutUndefined = <T extends object>(values: T): Partial<Given<T>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Given<T>>;

const factsOf = (row: DisclosureCaseRow) => ({
  number: row.number,
  state: row.state,
  owner: row.ownerId,
  deviceId: row.deviceId,
  releaseId: row.releaseId,
  advisory: row.advisory,
  embargoOn: row.embargoOn,
});
const shownOf = ({ enabled, slug, name, contactEmail, policy, languages, pgpKey, mailReceipts }: IntakeSettings) => ({
  ...{ enabled, slug, name, contactEmail, languages, mailReceipts },
  policy: hashOf(policy),
  pgpKey: pgpKey === null ? null : hashOf(pgpKey),
});
