import { Fault } from "../../lib/fault.ts";
import { newId } from "../../lib/ids.ts";
import { storable } from "../../lib/storable.ts";
import { catalogueTexts } from "../../platform/catalogue-texts.ts";
import type { Scope, Trx } from "../../platform/db.ts";
import { applyChanges, type Difference, type Versioned } from "./change/apply.ts";
import type { ChangeMade, FileChange, StoredFile } from "./change/schema.ts";
import { readThreatRules } from "./propose/read-rules.ts";
import type { ThreatCatalogue } from "./propose/schema.ts";
import { emptyFile } from "./read/read-security-file.ts";
import type { SecurityFile } from "./schema.ts";
import {
  changesOf,
  filesOfDevice,
  findFile,
  insertChange,
  insertMatrix,
  itemsOf,
  itemsOfKinds,
  matricesOf,
  putFile,
  putItems,
  releasesWithFile,
} from "./store.ts";
import type { AcceptanceMatrix } from "./threats/schema.ts";

export { filesOfDevice, releasesWithFile };

let read: readonly ThreatCatalogue[] | null = null;

/** The threat rules of `catalogs/`, read once. Fault `bad_configuration` for a bad file: a server asks for it before it answers anybody. */
export function threatCatalogue(): readonly ThreatCatalogue[] {
  read ??= readThreatRules(catalogueTexts("threats"));
  return read;
}

export interface Loaded extends Versioned {
  /** 0: there is none yet. */
  revision: number;
  changedAt: Date | null;
  changedBy: string | null;
}

/** The security file of a release; an empty one at revision 0 where there is none. */
export async function loadFile(trx: Trx, scope: Scope, releaseId: string): Promise<Loaded> {
  const head = await findFile(trx, scope, releaseId);
  const file = emptyFile();
  if (head === undefined)
    return { file, revisions: new Map(), headRevision: 0, revision: 0, changedAt: null, changedBy: null };
  const revisions = new Map<string, number>();
  for (const { id, kind, body, revision } of await itemsOf(trx, scope, releaseId)) {
    revisions.set(id, revision);
    (file[kind] as unknown[]).push(body);
  }
  return {
    file: { ...file, head: head.head },
    revisions,
    headRevision: head.headRevision,
    revision: head.revision,
    changedAt: head.changedAt,
    changedBy: head.changedBy,
  };
}

/** Only the controls and the tests of a release's security file. */
export async function loadAssurance(
  trx: Trx,
  scope: Scope,
  releaseId: string,
): Promise<Pick<SecurityFile, "controls" | "tests">> {
  const assurance: Pick<SecurityFile, "controls" | "tests"> = { controls: [], tests: [] };
  for (const { kind, body } of await itemsOfKinds(trx, scope, releaseId, ["controls", "tests"]))
    (assurance[kind === "controls" ? "controls" : "tests"] as unknown[]).push(body);
  return assurance;
}

/** As the API shows it. */
export const storedFile = ({ file, revisions, headRevision, revision, changedAt, changedBy }: Loaded): StoredFile => ({
  file: revision === 0 ? null : file,
  revision,
  revisions: Object.fromEntries(revisions),
  headRevision,
  changedAt: changedAt?.toISOString() ?? null,
  changedBy,
});

export interface Kept {
  file: SecurityFile;
  revision: number;
  differences: Difference[];
}

/**
 * Applies changes to a loaded file and keeps them, with what was before. Call it with the release locked. Nothing is written when
 * nothing is different. Faults as `applyChanges`.
 */
export async function keepChanges(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  before: Loaded,
  changes: readonly FileChange[],
  note: string,
  now: Date,
): Promise<Kept> {
  const { file, differences } = applyChanges(before, changes);
  if (differences.length === 0 && before.revision > 0) return { file, revision: before.revision, differences };
  const revision = before.revision + 1;
  const headChanged = before.revision === 0 || differences.some(({ kind }) => kind === "head");
  const headRevision = headChanged ? revision : before.headRevision;
  await putFile(trx, scope, { releaseId, revision, head: file.head, headRevision }, now);
  await putItems(trx, scope, releaseId, differences, revision);
  await insertChange(trx, scope, { releaseId, revision, differences, note: storable(note) }, now);
  return { file, revision, differences };
}

/** Changes of a file, newest first. */
export async function changesMade(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  below: number,
  limit: number,
): Promise<ChangeMade[]> {
  const rows = await changesOf(trx, scope, releaseId, below, limit);
  return rows.map(({ revision, note, changedBy, changedAt, changes }) => ({
    revision,
    note,
    changedBy,
    changedAt: changedAt.toISOString(),
    changes: changes.map(({ kind, id, before, after }) => ({
      kind,
      id,
      name: nameOf(after ?? before) ?? "The whole file",
      did: before === null ? "added" : after === null ? "removed" : "changed",
    })),
  }));
}

const nameOf = (body: object | null): string | null =>
  body !== null && "name" in body && typeof body.name === "string" ? body.name : null;

/** The organisation's acceptance criteria, newest first. */
export const acceptanceMatrices = async (trx: Trx, scope: Scope) =>
  (await matricesOf(trx, scope)).map(({ id, matrix, addedBy, addedAt }) => ({
    id,
    matrix,
    addedBy,
    addedAt: addedAt.toISOString(),
  }));

/** Keeps a new edition of acceptance criteria. Fault `conflict` when that edition is there: editions are never changed. */
export async function addMatrix(trx: Trx, scope: Scope, matrix: AcceptanceMatrix, now: Date): Promise<string> {
  const id = newId();
  if (!(await insertMatrix(trx, scope, id, matrix, now)))
    throw new Fault("conflict", `“${matrix.name}” has an edition ${matrix.edition} already`, {
      at: "edition",
      fix: "An edition is never changed: give this one a new name",
    });
  return id;
}
