import { Fault } from "../../../../lib/fault.ts";
import { isObject, type JsonValue } from "../../../../lib/json.ts";
import type { SecurityFile } from "../../schema.ts";
import { Draft, type Drafted } from "../reading/draft.ts";
import type { LossLog } from "../reading/loss-log.ts";
import { describe, remarkLine } from "../reading/remarks.ts";
import { Source } from "../reading/source.ts";
import {
  ASSET_KEPT,
  ELEMENT_KEPT,
  isEncrypted,
  LINK_KEPT,
  needOfWord,
  SHARED_RUNTIME,
  TITLE,
  ZONE_KEPT,
} from "./fields.ts";
import { readThreats } from "./read-threats.ts";

interface Holder {
  source: Source;
  element: Drafted<"elements">;
}

/** Reads a model of Threagile. Its maps are keyed by titles, its links by ids. */
export function readThreagile(value: JsonValue, log: LossLog): SecurityFile {
  if (!isObject(value)) throw new Fault("bad_input", "A Threagile model is a map");
  const draft = new Draft(log);
  const model = new Source(value, "model", "", log);
  model.pass("threagile_version");
  model.leave(
    "A security file takes it from its release",
    ...[
      "title",
      "date",
      "author",
      "contributors",
      "management_summary_comment",
      "business_criticality",
      "business_overview",
    ],
    ...["technical_overview", "application_description", "includes"],
  );
  model.drop("A question without a place: answer it where it belongs in the file", "questions");
  model.pass("tags_available");
  model.leave("It is drawn by Threagile", ...model.keys().filter((key) => key.startsWith("diagram_tweak")));
  for (const [title, source] of model.named("data_assets", "data asset")) addAsset(draft, title, source);
  const elements = model
    .named("technical_assets", "technical asset")
    .map(([title, source]) => ({ source, element: addElement(draft, title, source) }));
  addZones(draft, model, elements);
  addRuntimes(draft, model, elements);
  for (const { source, element } of elements) {
    for (const [title, link] of source.named("communication_links", "communication link"))
      addFlow(draft, title, link, element);
    source.close();
  }
  readThreats(draft, model);
  model.close();
  return draft.finish();
}

const titleOf = (source: Source, title: string, what: string) => {
  source.take("name");
  source.call(source.at.kind, title);
  return title.replace(/\s+/g, " ").trim().slice(0, 300).trim().toWellFormed() || `${what} without a name`;
};

function addAsset(draft: Draft, title: string, source: Source): void {
  const remarks = source.keep(TITLE, ASSET_KEPT);
  const needs = (["confidentiality", "integrity", "availability"] as const).map((need) => {
    const word = source.line(100, need);
    const known = needOfWord(need, word);
    if (word === "strictly-confidential" || word === "mission-critical") {
      source.lose(
        need,
        word,
        "A security file knows none, low, medium and high",
        "kept-as-text",
        "It is high; a line of the description says the word",
      );
      remarks.push(remarkLine(TITLE, need, word));
    } else if (known === null && word !== "")
      source.lose(need, word, "It is no word of Threagile's scale", "changed", "It is medium");
    return [need, known ?? "medium"] as const;
  });
  draft.add("assets", source, {
    ref: source.text("id"),
    name: titleOf(source, title, "A data asset"),
    description: describe(source.text("description"), remarks),
    kind: "other",
    ...Object.fromEntries(needs),
  });
  source.close();
}

const KINDS = { "external-entity": "external-system", process: "process", datastore: "store" } as const;

function addElement(draft: Draft, title: string, source: Source): Drafted<"elements"> {
  const type = source.line(100, "type");
  const technology = source.line(1_000, "technology");
  const kind = type in KINDS ? KINDS[type as keyof typeof KINDS] : "process";
  if (!(type in KINDS)) source.lose("type", type, "It is no type of Threagile", "changed", "It is a process");
  const [stored, processed] = [source.texts("data_assets_stored"), source.texts("data_assets_processed")];
  const only = processed.filter((ref) => !stored.includes(ref));
  const remarks = source.keep(TITLE, ELEMENT_KEPT);
  if (only.length > 0) {
    source.lose(
      "data_assets_processed",
      only,
      "An element keeps assets, whether stored or only processed",
      "kept-as-text",
      "A line of the description says which are only processed",
    );
    remarks.push(remarkLine(TITLE, "data_assets_processed", only));
  }
  const reason = source.text("justification_out_of_scope");
  const text = [source.text("description"), reason === "" ? "" : `Out of scope: ${reason.trim()}`]
    .filter((one) => one !== "")
    .join("\n\n");
  return draft.add("elements", source, {
    ref: source.text("id"),
    space: "elements",
    name: titleOf(source, title, "A technical asset"),
    description: describe(text, remarks),
    kind: kind === "process" && technology === "iot-device" ? "hardware" : kind,
    technology: technology === "unknown-technology" ? "" : technology,
    inScope: source.flag("out_of_scope") !== true,
    assets: draft.links(source, "data_assets_stored", [...stored, ...only], "assets"),
  });
}

function addZones(draft: Draft, model: Source, elements: readonly Holder[]): void {
  const byId = new Map(elements.map(({ element }) => [element.id, element]));
  const zones = model.named("trust_boundaries", "trust boundary").map(([title, source]) => ({
    source,
    zone: draft.add("zones", source, {
      ref: source.text("id"),
      name: titleOf(source, title, "A trust boundary"),
      description: describe(source.text("description"), source.keep(TITLE, ZONE_KEPT)),
    }),
  }));
  for (const { source, zone } of zones) {
    for (const id of draft.links(source, "trust_boundaries_nested", source.texts("trust_boundaries_nested"), "zones")) {
      const inner = zones.find((one) => one.zone.id === id)?.zone;
      if (inner !== undefined) inner.parent = zone.id;
    }
    for (const id of draft.links(
      source,
      "technical_assets_inside",
      source.texts("technical_assets_inside"),
      "elements",
    )) {
      const element = byId.get(id);
      if (element !== undefined) element.zone = zone.id;
    }
    source.close();
  }
}

function addRuntimes(draft: Draft, model: Source, elements: readonly Holder[]): void {
  const byId = new Map(elements.map(({ element }) => [element.id, element]));
  for (const [title, source] of model.named("shared_runtimes", "shared runtime")) {
    const runtime = draft.add("elements", source, {
      ref: source.text("id"),
      space: "runtimes",
      name: titleOf(source, title, "A shared runtime"),
      description: describe(source.text("description"), source.keep(TITLE, { tags: { as: "texts" } })),
      kind: "process",
      technology: SHARED_RUNTIME,
    });
    for (const id of draft.links(
      source,
      "technical_assets_running",
      source.texts("technical_assets_running"),
      "elements",
    )) {
      const element = byId.get(id);
      if (element !== undefined) element.parent = runtime.id;
    }
    source.close();
  }
}

function addFlow(draft: Draft, title: string, source: Source, from: Drafted<"elements">): void {
  const to = draft.link(source, "target", source.text("target"), "elements");
  const name = titleOf(source, title, "A link");
  const protocol = source.line(1_000, "protocol").replace(/^unknown-protocol$/, "");
  const [sent, received] = [source.texts("data_assets_sent"), source.texts("data_assets_received")];
  const remarks = source.keep(TITLE, LINK_KEPT);
  const oneWay =
    received.length === 0 || (sent.length === received.length && sent.every((one) => received.includes(one)));
  if (!oneWay) {
    source.lose(
      "data_assets_received",
      received,
      "A flow that goes both ways carries the same assets both ways",
      "kept-as-text",
      "A line of the description says what comes back",
    );
    remarks.push(remarkLine(TITLE, "data_assets_sent", sent), remarkLine(TITLE, "data_assets_received", received));
  }
  const path = {
    protocol,
    authentication: source.line(1_000, "authentication"),
    authorization: source.line(1_000, "authorization"),
    encrypted: protocol === "" ? null : isEncrypted(protocol),
  };
  const fields = {
    ref: `${from.sourceId ?? from.id}>${name}`,
    wanted: `${from.id}-${name}`,
    name,
    description: describe(source.text("description"), remarks),
    bothWays: received.length > 0,
    assets: draft.links(source, "data_assets_sent", [...new Set([...sent, ...received])], "assets"),
    path,
  };
  if (to === null) source.lose(null, name, "A flow goes from one element to another", "dropped", "Left out");
  else draft.add("flows", source, { ...fields, from: from.id, to });
  source.close();
}
