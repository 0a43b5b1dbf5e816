import { member } from "../../../../lib/json.ts";
import type { Format } from "../port.ts";
import { TITLE } from "./properties.ts";
import { readCycloneDxTm } from "./read.ts";
import { writeCycloneDxTm } from "./write.ts";

/** The threat model in a CycloneDX BOM (`threat-model` components), an experiment of Threat Dragon's (ThreatDragonModels/tmbom-*.cdx.json). */
export const CYCLONEDX_TM: Format = {
  name: "cyclonedx-tm",
  title: TITLE,
  extension: ".cdx.json",
  syntax: "json",
  recognize: (value) => {
    const components = member(value, "components");
    return (
      member(value, "bomFormat") === "CycloneDX" &&
      Array.isArray(components) &&
      components.some((one) => member(one, "type") === "threat-model")
    );
  },
  read: readCycloneDxTm,
  write: writeCycloneDxTm,
  kinds: ["zones", "elements", "assets", "flows", "layouts"],
  lacks: {
    "*.sourceId": "It has one reference for a thing",
    "elements.parent": "It has elements in zones, and none in another",
    "assets.kind": "It has no kinds of assets",
    "flows.fromPort": "It has no interfaces",
    "flows.toPort": "It has no interfaces",
    threats: "Threat Dragon's CycloneDX form draws the design only",
    "layouts.places": "It has places of zones and elements, in one picture",
    layouts: "Its one picture is the global one",
  },
};
