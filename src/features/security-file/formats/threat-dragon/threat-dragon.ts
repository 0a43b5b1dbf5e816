import { isObject, member } from "../../../../lib/json.ts";
import type { Format } from "../port.ts";
import { TITLE } from "./fields.ts";
import { readThreatDragon } from "./read.ts";
import { writeThreatDragon } from "./write.ts";

const COARSE = "Threat Dragon draws processes, stores and actors only";

/** OWASP Threat Dragon 2 (td.vue/src/assets/schema/threat-dragon-v2.schema.json). */
export const THREAT_DRAGON: Format = {
  name: "threat-dragon",
  title: TITLE,
  extension: ".json",
  syntax: "json",
  recognize: (value) =>
    isObject(member(value, "summary")) && Array.isArray(member(member(value, "detail"), "diagrams")),
  read: readThreatDragon,
  write: writeThreatDragon,
  idOf: (_kind, { id }) => (id.length < 2 ? `${id}-1` : id),
  kinds: ["zones", "elements", "flows", "threats", "layouts"],
  lacks: {
    "*.id": "Threat Dragon's ids have at least two characters",
    "*.sourceId": "Threat Dragon has one id for a thing",
    "elements.kind": COARSE,
    "elements.parent": "Threat Dragon has no parts of elements",
    "elements.assets": "Threat Dragon has no assets",
    "elements.components": "Threat Dragon knows no SBOM",
    "flows.assets": "Threat Dragon has no assets",
    "flows.fromPort": "Threat Dragon has no interfaces",
    "flows.toPort": "Threat Dragon has no interfaces",
    "threats.targets": "A threat of Threat Dragon strikes one element or flow",
    threats: "A threat of Threat Dragon stands at an element or a flow, and this one strikes none",
    "threats.mitigations": "Threat Dragon tells mitigations as one text, all in one state",
    "layouts.places": "Boxes are drawn so that each zone holds what is in it, each with a size",
    layouts: "Threat Dragon's one picture is the global one",
  },
};
