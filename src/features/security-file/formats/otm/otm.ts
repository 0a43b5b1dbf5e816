import { member } from "../../../../lib/json.ts";
import type { Format } from "../port.ts";
import { TITLE } from "./fields.ts";
import { readOtm } from "./read.ts";
import { writeOtm } from "./write.ts";

/** Open Threat Model 0.2 (github.com/iriusrisk/OpenThreatModel, otm_schema.json), JSON and YAML. */
export const OTM: Format = {
  name: "otm",
  title: TITLE,
  extension: ".otm.json",
  syntax: "json",
  recognize: (value) =>
    typeof member(value, "otmVersion") === "string" || typeof member(value, "otmVersion") === "number",
  read: readOtm,
  write: writeOtm,
  kinds: ["assets", "zones", "elements", "flows", "controls", "threats", "layouts"],
  lacks: {
    "*.sourceId": "OTM has one id for a thing",
    "flows.fromPort": "OTM has no interfaces",
    "flows.toPort": "OTM has no interfaces",
    risks: "A risk of OTM is a likelihood and an impact in percent, which a security file never states",
    "layouts.places": "OTM has places of zones and components, in the one global diagram",
    layouts: "OTM's one diagram is the global one",
  },
};
