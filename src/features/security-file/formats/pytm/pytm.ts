import { isObject, member } from "../../../../lib/json.ts";
import type { Format } from "../port.ts";
import { idLike } from "../reading/new-ids.ts";
import { TITLE } from "./fields.ts";
import { readPytm } from "./read.ts";
import { writePytm } from "./write.ts";

/** OWASP pytm: what `--json` takes in and what its dump gives out (github.com/OWASP/pytm, pytm/json.py). */
export const PYTM: Format = {
  name: "pytm",
  title: TITLE,
  extension: ".pytm.json",
  syntax: "json",
  recognize: (value) =>
    isObject(value) &&
    Array.isArray(member(value, "flows")) &&
    (Array.isArray(member(value, "boundaries")) || Array.isArray(member(value, "elements"))),
  read: readPytm,
  write: writePytm,
  idOf: (_kind, item) => idLike(item.name),
  nameScope: (kind) => kind,
  kinds: ["zones", "elements", "flows"],
  lacks: {
    "*.id": "pytm knows things by their names",
    "*.sourceId": "pytm knows things by their names",
    "elements.kind": "pytm has no hardware",
    "elements.technology": "pytm has classes of its own for servers, functions and language models only",
    "elements.parent": "pytm has no parts of elements",
    "elements.assets": "pytm takes in no data with --json",
    "flows.assets": "pytm takes in no data with --json",
    "flows.bothWays": "A flow of pytm goes one way; the way back is another flow",
    "flows.path.port": "A port of pytm is a number",
    "flows.fromPort": "pytm has no interfaces",
    "flows.toPort": "pytm has no interfaces",
    assets: "pytm takes in no data with --json",
    threats: "pytm finds its threats anew by its own rules",
    assumptions: "pytm takes in no assumptions with --json",
  },
};
