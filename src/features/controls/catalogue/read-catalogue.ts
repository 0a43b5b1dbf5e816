import { Fault } from "../../../lib/fault.ts";
import { namedId } from "../../../lib/ids.ts";
import { readCatalogueText } from "../../../lib/yaml-text.ts";
import type { ControlGroup, OscalControl, Prop } from "../oscal/schema.ts";
import { OSCAL_VERSION } from "../oscal/version.ts";
import type { Catalogue } from "../schema.ts";
import { ownProp } from "./own-props.ts";
import { CatalogueFile, type FileControl, MappingFile } from "./schema.ts";
import { controlsOf, groupsOf } from "./walk.ts";

export interface NamedText {
  name: string;
  text: string;
}

export interface ControlCatalogues {
  catalogues: readonly Catalogue[];
  mappings: readonly MappingFile[];
}

/**
 * Reads the files of `catalogs/controls/` and `catalogs/control-mappings/`. Fault `bad_configuration` names the file and what is wrong:
 * an unknown field, an id twice, a count that does not hold, a mapping to a control that is in no file.
 */
export function readControlCatalogues(files: readonly NamedText[], mappings: readonly NamedText[]): ControlCatalogues {
  const catalogues = files.map(readCatalogueFile);
  const ids = new Set(
    catalogues.flatMap((one) => [
      ...[...controlsOf(one)].map(({ control }) => control.id),
      ...[...groupsOf(one.groups)].flatMap((group) => group.id ?? []),
    ]),
  );
  const read = mappings.map(({ name, text }) => {
    const mapping = readCatalogueText(text, name, MappingFile);
    const seen = new Set<string>();
    for (const { from, components = [], mds2 = [] } of mapping.rows) {
      if (seen.has(from)) throw bad(name, `${from} stands here twice`);
      seen.add(from);
      const unknown = [from, ...components, ...mds2].find((id) => !ids.has(id));
      if (unknown !== undefined) throw bad(name, `${unknown} is in no catalogue`);
    }
    return mapping;
  });
  return { catalogues, mappings: read };
}

function readCatalogueFile({ name, text }: NamedText): Catalogue {
  const file = readCatalogueText(text, name, CatalogueFile);
  const named = `${file.catalogue}-${file.edition}.yaml`;
  if (name !== named) throw bad(name, `The file of this edition is called ${named}`);
  const catalogue = compile(file);
  const controls = [...controlsOf(catalogue)];
  const seen = new Set<string>();
  for (const id of [...catalogue.groups.map((group) => group.id ?? ""), ...controls.map(({ control }) => control.id)]) {
    if (seen.has(id)) throw bad(name, `${id} stands here twice`);
    seen.add(id);
  }
  const lost = file.groups
    .flatMap((group) => group.controls.flatMap((one) => one.byKind ?? []))
    .find((id) => !seen.has(id));
  if (lost !== undefined) throw bad(name, `${lost} is named and not there`);
  const counts = {
    groups: catalogue.groups.length,
    controls: controls.filter(({ parent }) => parent === null).length,
    enhancements: controls.filter(({ parent }) => parent !== null).length,
  };
  for (const [what, count] of Object.entries(counts)) {
    const stated = file.counts[what as keyof typeof counts];
    if (stated !== count) throw bad(name, `counts.${what}: ${stated} are stated and ${count} are there`);
  }
  return catalogue;
}

const compile = (file: CatalogueFile): Catalogue => ({
  catalogue: file.catalogue,
  title: file.title,
  publisher: file.publisher,
  edition: file.edition,
  uuid: namedId(`catalogue ${file.catalogue} ${file.edition}`),
  metadata: {
    "last-modified": `${file.edition.length === 4 ? `${file.edition}-01-01` : file.edition}T00:00:00Z`,
    "oscal-version": OSCAL_VERSION,
    props: [ownProp("catalogue", file.catalogue), ownProp("status", file.status)],
    links: [{ href: file.source, rel: "source" }],
    roles: [{ id: "publisher", title: "Publisher" }],
    parties: [{ uuid: namedId(`party ${file.publisher}`), type: "organization", name: file.publisher }],
    "responsible-parties": [{ "role-id": "publisher", "party-uuids": [namedId(`party ${file.publisher}`)] }],
    remarks: file.licence,
  },
  params: [],
  groups: file.groups.map(({ id, label, category, title, section, statement, controls }): ControlGroup => {
    const props = [
      ...labelProp(label),
      ...(category === undefined ? [] : [ownProp("category", category)]),
      ...(section === undefined ? [] : [ownProp("section", section)]),
    ];
    return {
      id,
      title,
      ...(props.length === 0 ? {} : { props }),
      ...statementPart(id, statement, "overview"),
      controls: controls.map((control) => compileControl(control)),
    };
  }),
  controls: [],
  resources: [],
});

function compileControl({ enhancements, ...control }: FileControl): OscalControl {
  const { id, title, section, level, kinds, byKind, proof, facts, statement, label } = control;
  const props = [
    ...labelProp(label),
    ...(section === undefined ? [] : [ownProp("section", section)]),
    ...(level === undefined ? [] : [ownProp("level", String(level))]),
    ...(kinds ?? []).map((kind) => ownProp("kind", kind)),
    ...(byKind ?? []).map((other) => ownProp("by-kind", other)),
    ...(proof ?? []).map((kind) => ownProp("proof", kind)),
    ...(facts ?? []).map((fact) => ownProp("fact", fact)),
  ];
  return {
    id,
    title,
    ...(props.length === 0 ? {} : { props }),
    ...statementPart(id, statement, "statement"),
    ...(enhancements === undefined ? {} : { controls: enhancements.map((one) => compileControl(one)) }),
  };
}

const labelProp = (label: string | undefined): Prop[] => (label === undefined ? [] : [{ name: "label", value: label }]);

const statementPart = (id: string, prose: string | undefined, name: "statement" | "overview") =>
  prose === undefined ? {} : { parts: [{ id: `${id}_smt`, name, prose }] };

const bad = (at: string, reason: string) =>
  new Fault("bad_configuration", reason, { at, fix: "Restore the catalogue's files of this release" });
