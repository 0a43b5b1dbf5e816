import { isObject, member } from "../../../../lib/json.ts";
import type { Format } from "../port.ts";
import { idLike } from "../reading/new-ids.ts";
import { TITLE } from "./fields.ts";
import { readTmBom } from "./read.ts";
import { writeTmBom } from "./write.ts";

/** OWASP Threat Model Library (threat-model.schema.json 1.0.1). */
export const TM_BOM: Format = {
  name: "tm-bom",
  title: TITLE,
  extension: ".tmbom.json",
  syntax: "json",
  recognize: (value) =>
    isObject(value) && ["trust_zones", "components", "data_flows"].every((key) => Array.isArray(member(value, key))),
  read: readTmBom,
  write: writeTmBom,
  idOf: (kind, item, index, file) => {
    if (kind === "assumptions" && !/\[TM-BOM\] persona: /.test(item.description))
      return `assumption-${file.assumptions.slice(0, index).filter(({ description }) => !/\[TM-BOM\] persona: /.test(description)).length + 1}`;
    return symbolic(item.id);
  },
  kinds: ["zones", "assets", "elements", "flows", "assumptions", "controls", "threats"],
  lacks: {
    "*.id": "A symbolic name of TM-BOM has small letters, digits and dashes; assumptions have none",
    "*.sourceId": "TM-BOM has one name for a thing",
    "*.trust": "TM-BOM rates no trust",
    "zones.parent": "TM-BOM has no zones in zones",
    "elements.kind": "TM-BOM has actors, components and data stores only",
    "elements.assets": "TM-BOM places data sets in data stores only",
    "flows.assets": "A flow of TM-BOM says only that data are sensitive",
    "flows.path.encrypted": "A flow of TM-BOM is encrypted or not, never left open",
    "threats.category": "TM-BOM has no categories of threats",
    "threats.targets": "A threat of TM-BOM affects components, actors and data stores only",
    "threats.mitigations": "TM-BOM names the controls against a threat, and no more",
    risks: "TM-BOM asks each risk for a likelihood, and a security file never states one",
    "assumptions.new": "TM-BOM needs an attacker for each threat",
  },
};

/** `^[0-9a-z-]+$`, as the schema has it. */
const symbolic = (id: string): string =>
  idLike(id)
    .toLowerCase()
    .replace(/[^0-9a-z-]+/g, "-");
