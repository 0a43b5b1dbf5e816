import { Fault } from "../../../../lib/fault.ts";
import { isObject, type JsonValue } from "../../../../lib/json.ts";
import type { SecurityFile } from "../../schema.ts";
import { Draft } from "../reading/draft.ts";
import type { LossLog } from "../reading/loss-log.ts";
import { describe, remarkLine } from "../reading/remarks.ts";
import { Source } from "../reading/source.ts";
import { ACTOR_KEPT, COMPONENT_KEPT, DATA_KEPT, FLOW_KEPT, NO_ZONE, STORE_KEPT, TITLE } from "./fields.ts";
import { readAssumptions, readControls, readRisks, readThreats } from "./read-threats.ts";

/**
 * Reads a model of the OWASP Threat Model Library. Its files stray from their schema (`id` for `symbolic_name`, `name` for `title`, a
 * flow's end as text): what is meant is read all the same.
 */
export function readTmBom(value: JsonValue, log: LossLog): SecurityFile {
  if (!isObject(value)) throw new Fault("bad_input", "A TM-BOM is an object");
  const draft = new Draft(log);
  const model = new Source(value, "model", "", log);
  model.pass("$schema");
  model.leave(
    "A security file takes it from its release",
    "version",
    "title",
    "scope",
    "description",
    "frozen",
    "released_at",
    "product_release_date",
    "release_docs_link",
    "reviewed_at",
    "repo_link",
  );
  model.drop("A picture in another program's language: the views are drawn from the model", "diagrams");
  readZones(draft, model);
  const data = model.many("data_sets", "data set").map((source) => ({ source, asset: addAsset(draft, source) }));
  for (const source of model.many("actors", "actor")) addActor(draft, source);
  const components = model
    .many("components", "component")
    .map((source) => ({ source, element: addComponent(draft, source) }));
  for (const { source, element } of components) {
    element.parent = draft.link(source, "parent_component", source.text("parent_component"), "components");
    source.close();
  }
  const stores = new Map(
    model
      .many("data_stores", "data store")
      .map((source) => [nameOf(source), { source, element: addStore(draft, source) }]),
  );
  for (const { source, asset } of data) {
    const places = source.many("placements", "placement");
    for (const place of places) {
      const store = stores.get(place.text("data_store"));
      if (store === undefined)
        place.lose("data_store", place.text("data_store"), "It names something that is not in the model");
      else store.element.assets = [...(store.element.assets ?? []), asset];
      place.drop("Whether a store encrypts one of its assets has no place", "encrypted");
      place.close();
    }
    for (const ref of source.texts("stores")) {
      const store = stores.get(ref);
      if (store !== undefined) store.element.assets = [...(store.element.assets ?? []), asset];
    }
    source.close();
  }
  for (const { source } of stores.values()) source.close();
  for (const source of model.many("data_flows", "data flow")) addFlow(draft, source);
  readAssumptions(draft, model);
  const controls = readControls(draft, model);
  readThreats(draft, model, controls);
  readRisks(draft, model);
  model.drop("Information of another program", "extensions");
  model.close();
  return draft.finish();
}

export const nameOf = (source: Source): string => source.text("symbolic_name", "id");
export const titleOf = (source: Source, what: string): string =>
  source.line(300, "title", "name") || `${what} without a name`;

function readZones(draft: Draft, model: Source): void {
  const boundaries = model.many("trust_boundaries", "trust boundary").map((source) => {
    const value = Object.fromEntries(source.keys().map((key) => [key, source.take(key) ?? null]));
    source.lose(
      null,
      value,
      "A security file has zones, and nothing between two of them",
      "kept-as-text",
      "A line of the first zone's description says it",
    );
    return { zone: source.text("trust_zone_a"), value };
  });
  for (const source of model.many("trust_zones", "trust zone")) {
    const ref = nameOf(source);
    if (ref === NO_ZONE) {
      source.pass(...source.keys());
      continue;
    }
    const mine = boundaries.filter(({ zone }) => zone === ref).map(({ value }) => value);
    const remarks = mine.length === 0 ? [] : [remarkLine(TITLE, "trust_boundaries", mine)];
    draft.add("zones", source, {
      ref,
      name: titleOf(source, "A zone"),
      description: describe(source.text("description"), remarks),
    });
    source.close();
  }
}

function zoneOf(draft: Draft, source: Source): string | null {
  const ref = source.text("trust_zone");
  return ref === NO_ZONE ? null : draft.link(source, "trust_zone", ref, "zones");
}

function addActor(draft: Draft, source: Source): void {
  const type = source.line(100, "type");
  const kind = type === "system" || type === "third_party" ? "external-system" : "user";
  const remarks = source.keep(TITLE, ACTOR_KEPT);
  if (type !== "user" && type !== "system" && type !== "") {
    source.lose(
      "type",
      type,
      "A security file knows users and external systems",
      "kept-as-text",
      `It is of kind ${kind}; a line of the description says the type`,
    );
    remarks.push(remarkLine(TITLE, "type", type));
  }
  draft.add("elements", source, {
    ref: nameOf(source),
    space: "actors",
    name: titleOf(source, "An actor"),
    description: describe(source.text("description"), remarks),
    kind,
    zone: zoneOf(draft, source),
  });
  source.close();
}

const addComponent = (draft: Draft, source: Source) =>
  draft.add("elements", source, {
    ref: nameOf(source),
    space: "components",
    name: titleOf(source, "A component"),
    description: describe(source.text("description"), source.keep(TITLE, COMPONENT_KEPT)),
    kind: "process",
    zone: zoneOf(draft, source),
  });

const addStore = (draft: Draft, source: Source) =>
  draft.add("elements", source, {
    ref: nameOf(source),
    space: "stores",
    name: titleOf(source, "A store"),
    description: describe(source.text("description"), source.keep(TITLE, STORE_KEPT)),
    kind: "store",
    technology: source.line(1_000, "type").replace(/^object$/, ""),
    zone: zoneOf(draft, source),
  });

const KIND_OF = { phi: "patient", cred: "secrets", op: "workflow" } as const;

function addAsset(draft: Draft, source: Source): string {
  const said = source.texts("data_sensitivity");
  const known = said.find((one) => one in KIND_OF) as keyof typeof KIND_OF | undefined;
  const remarks = source.keep(TITLE, DATA_KEPT);
  if (said.length > 1 || (said.length === 1 && known === undefined)) {
    source.lose(
      "data_sensitivity",
      said,
      "An asset has one kind",
      "kept-as-text",
      "A line of the description says all",
    );
    remarks.push(remarkLine(TITLE, "data_sensitivity", said));
  }
  return draft.add("assets", source, {
    ref: nameOf(source),
    name: titleOf(source, "A data set"),
    description: describe(source.text("description"), remarks),
    kind: known === undefined ? "other" : KIND_OF[known],
  }).id;
}

function addFlow(draft: Draft, source: Source): void {
  const [from, to] = (["source", "destination"] as const).map((end) => endOf(draft, source, end));
  const name =
    source.line(300, "title", "name") ||
    (source.text("description") === "" ? "A flow without a name" : source.line(300, "description"));
  source.pass("symbolic_name", "id");
  const sensitive = source.keep(TITLE, FLOW_KEPT);
  const encrypted = source.flag("encrypted");
  const path = {
    protocol: source.line(1_000, "protocol"),
    authentication: source.line(1_000, "authentication"),
    encrypted,
  };
  source.pass("crosses_trust_boundary");
  if (!from || !to) source.lose(null, name, "A flow goes from one element to another", "dropped", "Left out");
  else
    draft.add("flows", source, {
      ref: nameOf(source),
      name,
      description: describe(source.text("description"), sensitive),
      from,
      to,
      path,
    });
  source.close();
}

const SPACES: Readonly<Record<string, string>> = {
  actor: "actors",
  component: "components",
  "data-store": "stores",
  data_store: "stores",
};

function endOf(draft: Draft, source: Source, end: "source" | "destination"): string | null {
  const value = source.take(end);
  const typed = isObject(value) ? source.one(end) : null;
  const ref = typed === null ? source.text(end) : typed.text("object");
  const space = SPACES[typed?.line(100, "type").replace("#/$defs/", "") ?? ""];
  typed?.close();
  return draft.link(source, end, ref, ...(space === undefined ? [] : [space]), "components", "stores", "actors");
}
