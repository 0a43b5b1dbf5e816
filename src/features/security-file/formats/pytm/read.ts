import { Fault } from "../../../../lib/fault.ts";
import { isObject, type JsonValue } from "../../../../lib/json.ts";
import type { SecurityFile } from "../../schema.ts";
import { mitigationsIn } from "../mitigation-text.ts";
import { Draft, type Drafted } from "../reading/draft.ts";
import type { LossLog } from "../reading/loss-log.ts";
import { idLike } from "../reading/new-ids.ts";
import { clip, oneLine } from "../reading/plain-text.ts";
import { describe, remarkLine } from "../reading/remarks.ts";
import { Source } from "../reading/source.ts";
import { BOUNDARY_KEPT, CLASSIFICATION, ELEMENT_KEPT, FLOW_KEPT, KIND_OF, PROCESS_CLASSES, TITLE } from "./fields.ts";

/** Reads pytm's JSON: what `--json` takes in (elements) or what a dump gives out (actors, assets, data, findings). Names are its ids. */
export function readPytm(value: JsonValue, log: LossLog): SecurityFile {
  if (!isObject(value)) throw new Fault("bad_input", "A pytm model is an object");
  const draft = new Draft(log);
  const model = new Source(value, "model", "", log);
  model.leave("A security file takes it from its release", "name", "description");
  model.leave(
    "It is how pytm runs",
    "isOrdered",
    "mergeResponses",
    "onDuplicates",
    "threatsFile",
    "ignoreUnused",
    "colormap",
  );
  const zones = model.many("boundaries", "boundary").map((source) => {
    const remarks = [...source.keep(TITLE, BOUNDARY_KEPT), ...controls(source)];
    const zone = draft.add("zones", source, {
      ...named(source, "A boundary"),
      description: describe(source.text("description"), remarks),
    });
    return { source, zone };
  });
  for (const { source, zone } of zones) {
    zone.parent = draft.link(source, "inBoundary", source.text("inBoundary"), "zones");
    finish(source);
  }
  const elements = new Map<string, Drafted<"elements">>();
  for (const source of [
    ...model.many("elements", "element"),
    ...model.many("actors", "actor"),
    ...model.many("assets", "asset"),
  ])
    elements.set(source.at.name, addElement(draft, source));
  for (const source of model.many("data", "data")) addAsset(draft, source, elements);
  for (const source of model.many("flows", "data flow")) addFlow(draft, source);
  for (const source of model.many("findings", "finding")) addThreat(draft, source, null);
  for (const source of model.many("excluded_findings", "excluded finding"))
    addThreat(draft, source, source.take("assumption") ?? null);
  const assumptions = model.take("assumptions");
  (Array.isArray(assumptions) ? assumptions : []).forEach((one, i) => {
    const source = isObject(one) ? new Source(one, "assumption", `/assumptions/${i}`, log) : model;
    const text = isObject(one) ? source.text("name", "description") : plain(one ?? "");
    if (text.trim() === "") return;
    draft.add("assumptions", source, {
      ref: "",
      wanted: idLike(text).slice(0, 60),
      name: clip(oneLine(text), 300),
      description: text.length > 300 ? text : "",
    });
    if (isObject(one)) {
      source.drop("An exclusion of pytm's rules is decided on each threat", "exclude");
      source.close();
    }
  });
  model.close();
  return draft.finish();
}

function named(source: Source, what: string) {
  const name = source.line(300, "name") || `${what} without a name`;
  const ref = source.at.name === "" ? "" : source.text("name");
  return { ref, wanted: idLike(name), name };
}

/** The controls that are on, as remarks; pytm writes all 40 of them at every object. */
function controls(source: Source): string[] {
  const inside = source.one("controls");
  const on = (inside?.keys() ?? []).filter((key) => {
    const value = inside?.take(key);
    return value !== false && value !== "" && value !== undefined && key !== "isEncrypted";
  });
  const said = on.map((key) => (inside?.take(key) === true ? key : `${key} = ${oneLine(plain(inside?.take(key)))}`));
  if (said.length === 0) return [];
  source.lose(
    "controls",
    said,
    "pytm says of an object that something is done, not by what",
    "kept-as-text",
    "A line of the description says it",
  );
  return [remarkLine(TITLE, "controls", said)];
}

function finish(source: Source): void {
  source.pass(
    "inputs",
    "outputs",
    "levels",
    "findings",
    "overrides",
    "severity",
    "sourceFiles",
    "order",
    "uuid",
    "display_name",
  );
  source.leave("It is how pytm draws it", "color", "label");
  source.close();
}

function addElement(draft: Draft, source: Source): Drafted<"elements"> {
  const type = source.line(100, "__class__") || "Asset";
  if (KIND_OF[type] === undefined)
    source.lose("__class__", type, "It is no class of pytm", "changed", "It is a process");
  const remarks = [...source.keep(TITLE, ELEMENT_KEPT), ...controls(source)];
  const element = draft.add("elements", source, {
    ...named(source, "An element"),
    space: "elements",
    description: describe(source.text("description"), remarks),
    kind: KIND_OF[type] ?? "process",
    technology: PROCESS_CLASSES.includes(type) ? type : "",
    zone: draft.link(source, "inBoundary", source.text("inBoundary"), "zones"),
    inScope: source.flag("inScope") !== false,
  });
  source.pass("data");
  finish(source);
  return element;
}

function addAsset(draft: Draft, source: Source, elements: ReadonlyMap<string, Drafted<"elements">>): void {
  const word = source.line(100, "classification").replace(/^Classification\./, "");
  const secret = source.flag("isCredentials") === true;
  const asset = draft.add("assets", source, {
    ...named(source, "Data"),
    space: "assets",
    description: describe(
      source.text("description"),
      source.keep(TITLE, {
        format: { as: "text" },
        isPII: { as: "flag" },
        credentialsLife: { as: "text", silent: "Lifetime.NONE" },
      }),
    ),
    kind: secret ? "secrets" : "other",
    confidentiality: CLASSIFICATION[word] ?? "medium",
  });
  for (const holder of source.texts("processedBy")) {
    const element = elements.get(holder);
    if (element !== undefined) element.assets = [...(element.assets ?? []), asset.id];
  }
  source.pass("carriedBy");
  source.drop(
    "It is said of the data, and not of where they are kept",
    "isStored",
    "isDestEncryptedAtRest",
    "isSourceEncryptedAtRest",
  );
  source.close();
}

function addFlow(draft: Draft, source: Source): void {
  const [from, to] = (["source", "sink"] as const).map((end) => draft.link(source, end, source.text(end), "elements"));
  const names = named(source, "A flow");
  const remarks = [...source.keep(TITLE, FLOW_KEPT), ...controls(source)];
  const data = source.texts("data");
  const assets = data.flatMap((ref) => draft.find("assets", ref) ?? []);
  const words = data.filter((ref) => draft.find("assets", ref) === null);
  if (words.length > 0) {
    source.lose(
      "data",
      words,
      "It is said in words, and is no data of the model",
      "kept-as-text",
      "A line of the description says it",
    );
    remarks.push(remarkLine(TITLE, "data", words));
  }
  const tls = source.line(100, "tlsVersion").replace(/^TLSVersion\./, "");
  const [fromPort, port] = [source.number("srcPort"), source.number("dstPort")];
  if (fromPort !== null && fromPort >= 0) source.lose("srcPort", fromPort, "A flow names the port it arrives at");
  const fields = {
    ...names,
    ref: "",
    description: describe(source.text("description"), remarks),
    assets: [...new Set(assets)],
    inScope: source.flag("inScope") !== false,
    path: {
      protocol: source.line(1_000, "protocol"),
      protocolVersion: tls === "NONE" ? "" : tls,
      port: port === null || port < 0 ? "" : String(port),
      encrypted: source.flag("isEncrypted") ?? (tls !== "" && tls !== "NONE" ? true : null),
    },
  };
  if (!from || !to) source.lose(null, names.name, "A flow goes from one element to another", "dropped", "Left out");
  else draft.add("flows", source, { ...fields, space: "flows", ref: names.ref, from, to });
  source.drop("A flow goes from one end to the other", "inBoundary");
  source.drop("A response is a flow of its own", "response", "responseTo");
  for (const key of ["maxClassification", "minTLSVersion"])
    if (!/\.(?:UNKNOWN|NONE)$/.test(source.text(key))) source.drop("It limits what may flow here", key);
  finish(source);
}

const HANDLED: Readonly<Record<string, "implemented">> = { mitigated: "implemented", avoided: "implemented" };

function addThreat(draft: Draft, source: Source, excluded: JsonValue): void {
  source.call(source.at.kind, source.line(300, "description"));
  const response = source.line(300, "response");
  const { mitigations, rest } = mitigationsIn(source.text("mitigations"), HANDLED[response.toLowerCase()] ?? "planned");
  const remarks = source.keep(TITLE, {
    severity: { as: "any" },
    example: { as: "text" },
    references: { as: "text" },
    cvss: { as: "text" },
    response: { as: "text" },
  });
  source.drop("A likelihood has no place: exploitability is rated, never probability", "likelihood");
  source.drop("pytm's own rule, which it runs again", "condition");
  const rule = source.line(100, "threat_id");
  draft.add("threats", source, {
    ref: "",
    wanted: `${rule || "finding"}-${idLike(source.text("target"))}`,
    name: source.line(300, "description") || "A finding without words",
    description: describe([source.text("details"), rest].filter((one) => one !== "").join("\n\n"), remarks),
    category: "other",
    targets: draft.links(source, "target", [source.text("target")], "elements", "flows"),
    rule: rule === "" ? null : rule,
    state: excluded === null ? "accepted" : "rejected",
    reason:
      excluded === null
        ? ""
        : `Excluded in pytm by an assumption: ${oneLine(typeof excluded === "string" ? excluded : JSON.stringify(excluded)).slice(0, 500)}`,
    mitigations: mitigations as never,
  });
  source.pass("element", "id");
  source.close();
}

/** `String` fails on an object whose `toString` is no function. */
const plain = (value: unknown): string =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
