import type { JsonObject, JsonValue } from "../../../../lib/json.ts";
import type { Item, SecurityFile } from "../../schema.ts";
import { type KeptFields, keptFields } from "../reading/kept.ts";
import { type Remarks, takeRemarks } from "../reading/remarks.ts";
import { BOUNDARY_KEPT, ELEMENT_KEPT, FLOW_KEPT, INPUT_DEFAULTS, PROCESS_CLASSES, TITLE } from "./fields.ts";

/** What pytm takes in with `--json`. Names are its ids, each once. */
export function writePytm(file: SecurityFile): JsonValue {
  const names = new Map([...file.zones, ...file.elements, ...file.flows].map(({ id, name: one }) => [id, one]));
  const name = (id: string) => names.get(id) ?? id;
  const parents = new Map(file.zones.map(({ id, parent }) => [id, parent]));
  return {
    name: "Security file",
    description: "",
    isOrdered: false,
    onDuplicates: "IGNORE",
    boundaries: file.zones.map((zone) => boundary(zone, name, parents)),
    elements: file.elements.map((element) => elementOf(element, name)),
    flows: file.flows.map((flow) => flowOf(flow, name)),
  };
}

/** Fields that pytm would set itself are left out. */
function said(fields: KeptFields, remarks: Remarks): JsonObject {
  const kept = keptFields(fields, remarks);
  return Object.fromEntries(
    Object.entries(kept).filter(([key, value]) => !(INPUT_DEFAULTS.has(key) && value === fields[key]?.silent)),
  );
}

function boundary(
  { id, description, parent }: Item<"zones">,
  name: (id: string) => string,
  parents: ReadonlyMap<string, string | null>,
): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, description, BOUNDARY_KEPT);
  return {
    name: name(id),
    description: text,
    ...said(BOUNDARY_KEPT, remarks),
    ...(parent !== null && parents.has(parent) && { inBoundary: name(parent) }),
  };
}

const CLASS = {
  user: "Actor",
  "external-system": "ExternalEntity",
  store: "Datastore",
  hardware: "Process",
  process: "Process",
} as const;

function elementOf(element: Item<"elements">, name: (id: string) => string): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, element.description, ELEMENT_KEPT);
  const own =
    element.kind === "process" && PROCESS_CLASSES.includes(element.technology)
      ? element.technology
      : CLASS[element.kind];
  return {
    __class__: own,
    name: name(element.id),
    description: text,
    inScope: element.inScope,
    ...(element.zone !== null && { inBoundary: name(element.zone) }),
    ...said(ELEMENT_KEPT, remarks),
  };
}

function flowOf(flow: Item<"flows">, name: (id: string) => string): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, flow.description, FLOW_KEPT);
  const port = /^\d{1,5}$/.test(flow.path.port) ? Number(flow.path.port) : null;
  return {
    name: name(flow.id),
    description: text,
    source: name(flow.from),
    sink: name(flow.to),
    inScope: flow.inScope,
    protocol: flow.path.protocol,
    ...(port !== null && { dstPort: port }),
    ...(flow.path.encrypted !== null && { isEncrypted: flow.path.encrypted }),
    ...said(FLOW_KEPT, remarks),
  };
}
