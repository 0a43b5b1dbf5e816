import { hash } from "node:crypto";
import { Fault } from "../../lib/fault.ts";
import { newId } from "../../lib/ids.ts";
import { storable, storableJson } from "../../lib/storable.ts";
import { catalogueTexts } from "../../platform/catalogue-texts.ts";
import type { Scope, Trx } from "../../platform/db.ts";
import { editionName, findCatalogue } from "./catalogue/find.ts";
import { type ControlCatalogues, readControlCatalogues } from "./catalogue/read-catalogue.ts";
import { showCatalogue } from "./catalogue/show-control.ts";
import type { KeptForm, Mds2Form } from "./mds2/schema.ts";
import { showForm } from "./mds2/show-form.ts";
import type { Catalogue, CatalogueCard, ChosenCatalogues, Loss, ShownCatalogue } from "./schema.ts";
import {
  catalogControls,
  catalogDocuments,
  chosenFor,
  deleteCatalog,
  findCatalog,
  findCatalogById,
  importedCatalogs,
  insertCatalog,
  insertForm,
  namesOf,
  newestForm,
  putChosen,
  releasesThatChose,
} from "./store.ts";

let read: ControlCatalogues | null = null;

/** The catalogues of `catalogs/`, read once. Fault `bad_configuration` for a bad file: a server asks for it before it answers anybody. */
export function controlCatalogues(): ControlCatalogues {
  read ??= readControlCatalogues(catalogueTexts("controls"), catalogueTexts("control-mappings"));
  return read;
}

let shown: readonly ShownCatalogue[] | null = null;
const ownShown = (): readonly ShownCatalogue[] => {
  shown ??= controlCatalogues().catalogues.map(showCatalogue);
  return shown;
};

/** Every catalogue there is: those of the program, then those that were imported. */
export async function listCatalogues(trx: Trx, scope: Scope): Promise<CatalogueCard[]> {
  const own = ownShown().map(
    (one): CatalogueCard => ({
      name: editionName(one),
      id: null,
      title: one.title,
      publisher: one.publisher,
      edition: one.edition,
      controls: one.controls.length,
      importedBy: null,
      importedAt: null,
      losses: [],
    }),
  );
  const imported = await importedCatalogs(trx, scope);
  return [
    ...own,
    ...imported.map(({ name, edition, importedAt, controls, fileName: _, ...row }) => ({
      ...row,
      name: editionName({ catalogue: name, edition }),
      edition,
      controls: controls ?? 0,
      importedAt: importedAt.toISOString(),
    })),
  ];
}

/** A catalogue whole, by name and edition: of the program, or imported. Fault `not_found`. */
export async function wholeCatalogue(trx: Trx, scope: Scope, name: string): Promise<Catalogue> {
  const own = findCatalogue(controlCatalogues().catalogues, name);
  if (own !== null && editionName(own) === name) return own;
  const row = (await importedCatalogs(trx, scope)).find(
    (one) => editionName({ catalogue: one.name, edition: one.edition }) === name,
  );
  const [found] = row === undefined ? [] : await catalogDocuments(trx, scope, row.id);
  if (found === undefined) throw new Fault("not_found", `There is no catalogue ${name}`, { at: "name" });
  return found.document;
}

/** What a profile may import: every catalogue there is, under the names of their files. */
export async function catalogueSources(trx: Trx, scope: Scope): Promise<{ name: string; catalogue: Catalogue }[]> {
  const imported = await catalogDocuments(trx, scope);
  return [
    ...imported.flatMap(({ fileName, document }) => [
      { name: fileName, catalogue: document },
      { name: editionName(document), catalogue: document },
    ]),
    ...controlCatalogues().catalogues.map((catalogue) => ({ name: editionName(catalogue), catalogue })),
  ];
}

/** Keeps a catalogue. The same again is `unchanged`; Fault `conflict` when another one of that edition is there. */
export async function keepCatalogue(
  trx: Trx,
  scope: Scope,
  { catalogue, losses, fileName }: { catalogue: Catalogue; losses: readonly Loss[]; fileName: string },
  now: Date,
): Promise<{ id: string; unchanged: boolean }> {
  const document = storableJson(catalogue);
  const digest = hash("sha256", document);
  const name = editionName(catalogue);
  const conflict = (reason: string) =>
    new Fault("conflict", reason, {
      at: "version",
      fix: "An edition never changes: give the document another version",
    });
  const own = controlCatalogues().catalogues.find((one) => editionName(one) === name);
  if (own !== undefined) throw conflict(`${name} comes with the program`);
  const known = await findCatalog(trx, scope, catalogue.catalogue, catalogue.edition);
  if (known !== undefined) {
    if (known.hash === digest) return { id: known.id, unchanged: true };
    throw conflict(`${name} is there with other content`);
  }
  const id = newId();
  await insertCatalog(
    trx,
    scope,
    {
      id,
      name: storable(catalogue.catalogue),
      edition: storable(catalogue.edition),
      title: storable(catalogue.title),
      publisher: storable(catalogue.publisher),
      fileName: storable(fileName),
      hash: digest,
      document,
      losses: storableJson(losses),
      importedBy: scope.actor.name,
      importedAt: now,
    },
    JSON.parse(storableJson(showCatalogue(catalogue).controls)),
  );
  return { id, unchanged: false };
}

/** Removes an imported catalogue. Fault `not_found`, `conflict` while a release answers to it. */
export async function dropCatalogue(trx: Trx, scope: Scope, id: string) {
  const row = await findCatalogById(trx, scope, id);
  if (row === undefined) throw new Fault("not_found", "There is no such catalogue", { at: "id" });
  const used = await releasesThatChose(trx, scope, editionName({ catalogue: row.name, edition: row.edition }));
  if (used.length > 0)
    throw new Fault(
      "conflict",
      `${row.title} is chosen for ${used.length} ${used.length === 1 ? "release" : "releases"}`,
      {
        at: "id",
        fix: "Take it from those releases first",
      },
    );
  await deleteCatalog(trx, scope, id);
  return row;
}

/** Until somebody chooses, a release answers to FDA's categories. */
const DEFAULT = () =>
  ownShown()
    .filter(({ catalogue }) => catalogue === "fda-premarket")
    .map(editionName)
    .slice(-1);

/** The catalogues that a release answers to, with their controls. */
export async function chosenCatalogues(trx: Trx, scope: Scope, releaseId: string): Promise<ChosenCatalogues> {
  const chosen = (await chosenFor(trx, scope, releaseId)) ?? { names: DEFAULT(), revision: 0 };
  const imported = (await importedCatalogs(trx, scope)).map((row) => ({ ...row, catalogue: row.name }));
  const wanted = imported.filter((row) => chosen.names.includes(editionName(row)));
  const rows =
    wanted.length === 0
      ? []
      : await catalogControls(
          trx,
          scope,
          wanted.map(({ id }) => id),
        );
  const controls = Map.groupBy(rows, ({ catalogId }) => catalogId);
  const isChosen = (one: ShownCatalogue) => chosen.names.includes(editionName(one));
  return {
    ...chosen,
    catalogues: [
      ...ownShown().filter(isChosen),
      ...wanted.map(({ id, catalogue, title, publisher, edition }) => ({
        ...{ catalogue, title, publisher, edition },
        controls: (controls.get(id) ?? []).map((row) => row.shown),
      })),
    ],
    others: ownShown().filter((one) => !isChosen(one)),
  };
}

/** Chooses the catalogues of a release. Faults `conflict` when somebody chose meanwhile, `not_found` for one that is not there. */
export async function chooseCatalogues(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  { names, revision }: { names: readonly string[]; revision: number },
  now: Date,
): Promise<{ before: string[]; after: string[] }> {
  const before = await chosenFor(trx, scope, releaseId);
  if ((before?.revision ?? 0) !== revision)
    throw new Fault("conflict", "Somebody chose other catalogues meanwhile", {
      at: "revision",
      fix: "Look at them and choose again",
    });
  const there = new Set((await listCatalogues(trx, scope)).map(({ name }) => name));
  const unknown = names.find((name) => !there.has(name));
  if (unknown !== undefined) throw new Fault("not_found", `There is no catalogue ${unknown}`, { at: "names" });
  const after = [...new Set(names)].sort();
  await putChosen(trx, scope, {
    releaseId,
    names: after,
    revision: revision + 1,
    changedBy: scope.actor.name,
    changedAt: now,
  });
  return { before: before?.names ?? [], after };
}

/** The newest MDS2 form of a release; null without one. */
export async function formOf(trx: Trx, scope: Scope, releaseId: string): Promise<KeptForm | null> {
  const row = await newestForm(trx, scope, releaseId);
  return row === undefined
    ? null
    : showForm({ answers: row.answers, unanswered: row.unanswered, losses: row.losses }, row);
}

/** Keeps a filled form. Null when the newest says the same already. */
export async function keepForm(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  { form, fileName }: { form: Mds2Form; fileName: string },
  now: Date,
): Promise<string | null> {
  const answers = storableJson(form.answers);
  const digest = hash("sha256", answers);
  if ((await newestForm(trx, scope, releaseId))?.hash === digest) return null;
  const id = newId();
  await insertForm(trx, scope, {
    id,
    releaseId,
    fileName: storable(fileName),
    hash: digest,
    answers,
    unanswered: form.unanswered,
    losses: storableJson(form.losses),
    uploadedBy: scope.actor.name,
    uploadedAt: now,
  });
  return id;
}

/** What the ledger's entries call a catalogue and a form. */
export const nameControlThings = (trx: Trx, scope: Scope, ids: readonly string[]) =>
  ids.length === 0 ? Promise.resolve([]) : namesOf(trx, scope, ids);
