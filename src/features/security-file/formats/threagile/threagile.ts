import { isObject, member } from "../../../../lib/json.ts";
import type { Format } from "../port.ts";
import { idLike } from "../reading/new-ids.ts";
import { TITLE } from "./fields.ts";
import { readThreagile } from "./read.ts";
import { writeThreagile } from "./write.ts";

const STATED = "Threagile has a fixed list of words for it";

/** Threagile (github.com/Threagile/threagile, support/schema.json), YAML. */
export const THREAGILE: Format = {
  name: "threagile",
  title: TITLE,
  extension: ".threagile.yaml",
  syntax: "yaml",
  recognize: (value) => member(value, "threagile_version") !== undefined || isObject(member(value, "technical_assets")),
  read: readThreagile,
  write: writeThreagile,
  idOf: (kind, item) => {
    if (kind === "requirements") return idLike(item.name);
    if (kind === "threats" && item.description.endsWith("[Threagile] abuse_case: true")) return idLike(item.name);
    return kind === "flows" ? idLike(`${(item as { from: string }).from}-${item.name}`) : item.id;
  },
  nameScope: (kind, item) => (kind === "flows" ? `flows ${(item as { from: string }).from}` : kind),
  kinds: ["assets", "elements", "zones", "flows", "requirements", "threats"],
  lacks: {
    "*.id": "Links, requirements and abuse cases of Threagile are known by their titles",
    "*.sourceId": "Threagile has one id for a thing",
    "elements.kind": "Threagile has external entities, processes and data stores only",
    "elements.technology": STATED,
    "elements.parent": "Threagile has shared runtimes, and no other parts of technical assets",
    "assets.kind": "Threagile has no kinds of data assets",
    "flows.bothWays": "A link of Threagile goes both ways when data assets come back",
    "flows.path.protocol": STATED,
    "flows.path.authentication": STATED,
    "flows.path.authorization": STATED,
    "flows.path.encrypted": "Threagile tells it by the protocol's name",
    "flows.fromPort": "Threagile has no interfaces",
    "flows.toPort": "Threagile has no interfaces",
    "threats.category": "Threagile has the six of STRIDE only",
    "threats.mitigations": "Threagile tells mitigations as one text",
  },
};
