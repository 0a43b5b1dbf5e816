import { namedId } from "../../../lib/ids.ts";
import type { SecurityFile } from "../../security-file/schema.ts";
import { ownProp } from "../catalogue/own-props.ts";
import { type FindProvision, referencesOf } from "../catalogue/refs.ts";
import { resourceOf } from "./to-oscal.ts";
import { OSCAL_VERSION } from "./version.ts";

export interface Described {
  /** Of the release: documents of it are the same each time. */
  releaseId: string;
  device: string;
  version: string;
  manufacturer: string;
  /** When the file was last changed. */
  at: Date;
}

/**
 * What a release does about the controls of catalogues as an OSCAL component definition: one component, one implementation per
 * catalogue, one requirement per control of it. References to catalogues that are not here are left out and named.
 */
export function toComponents(
  file: Pick<SecurityFile, "controls" | "requirements" | "elements">,
  { releaseId, device, version, manufacturer, at }: Described,
  find: FindProvision,
) {
  const id = (...name: string[]) => namedId(["component", releaseId, ...name].join(" "));
  const { found, unknown } = referencesOf(file, find);
  const names = new Map(file.elements.map((element) => [element.id, element.name]));
  const implementations = [...Map.groupBy(found, (ref) => ref.catalogue)].map(([catalogue, refs]) => ({
    uuid: id(catalogue.catalogue, catalogue.edition),
    source: `#${resourceOf(catalogue).uuid}`,
    description: `How ${device} ${version} answers ${catalogue.title}.`,
    "implemented-requirements": [...Map.groupBy(refs, (ref) => ref.control.id)].map(([controlId, own]) => ({
      uuid: id(catalogue.catalogue, catalogue.edition, controlId),
      "control-id": controlId,
      description: own.map((ref) => textOf(ref.own)).join("\n\n"),
      props: own.flatMap(({ own: control }) => [
        ownProp("control", control.id),
        ownProp("state", control.state),
        ...control.elements.map((element) => ownProp("element", names.get(element) ?? element)),
      ]),
    })),
  }));
  const resources = [...new Set(found.map((ref) => ref.catalogue))].map(resourceOf);
  const party = id("manufacturer");
  return {
    document: {
      "component-definition": {
        uuid: id("definition"),
        metadata: {
          title: `${device} ${version}: controls`,
          "last-modified": at.toISOString(),
          version,
          "oscal-version": OSCAL_VERSION,
          ...(manufacturer === ""
            ? {}
            : {
                roles: [{ id: "provider", title: "Provider" }],
                parties: [{ uuid: party, type: "organization" as const, name: manufacturer }],
                "responsible-parties": [{ "role-id": "provider", "party-uuids": [party] }],
              }),
        },
        components: [
          {
            uuid: id("device"),
            type: "hardware",
            title: device,
            description: `${device}, release ${version}.`,
            props: [{ name: "version", value: version }],
            ...(implementations.length === 0 ? {} : { "control-implementations": implementations }),
          },
        ],
        ...(resources.length === 0 ? {} : { "back-matter": { resources } }),
      },
    },
    unknown,
  };
}

const textOf = ({ name, description, reason }: SecurityFile["controls"][number]): string =>
  [name, description, reason]
    .filter((text) => text.trim() !== "")
    .join(". ")
    .replaceAll("..", ".");
