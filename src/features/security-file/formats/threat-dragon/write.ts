import type { JsonObject, JsonValue } from "../../../../lib/json.ts";
import type { Item, SecurityFile } from "../../schema.ts";
import { mitigationText } from "../mitigation-text.ts";
import { keptFields } from "../reading/kept.ts";
import { takeRemarks } from "../reading/remarks.ts";
import { isDone, wordOf } from "../words.ts";
import { arrange } from "./arrange.ts";
import type { Box } from "./boxes.ts";
import { CELL_KEPT, THREAT_KEPT, TITLE } from "./fields.ts";

const VERSION = "2.6.0";
const STROKE = { stroke: "#333333", strokeWidth: 1.5, strokeDasharray: null };

/** A model as Threat Dragon 2 opens it: one diagram with everything. */
export function writeThreatDragon(file: SecurityFile): JsonValue {
  const boxes = arrange(file);
  const threatsAt = threatsByTarget(file);
  const threats = (id: string) => (threatsAt.get(id) ?? []).map(threatOf);
  const cells = [
    ...file.zones.map((zone) => zoneCell(zone, boxes.get(zone.id))),
    ...file.elements.map((element) => elementCell(element, boxes.get(element.id), threats(element.id))),
    ...file.flows.map((flow) => flowCell(flow, threats(flow.id))),
  ];
  return {
    version: VERSION,
    summary: { title: "Security file", owner: "", description: "", id: 0 },
    detail: {
      contributors: [],
      diagrams: [
        {
          id: 0,
          title: "Global",
          description: "",
          diagramType: "STRIDE",
          thumbnail: "./public/content/images/thumbnail.stride.jpg",
          version: VERSION,
          cells,
        },
      ],
      diagramTop: 1,
      reviewer: "",
      threatTop: file.threats.length,
    },
  };
}

/** Each threat at the first of its targets that is drawn: there it has its one place. */
function threatsByTarget(file: SecurityFile): Map<string, Item<"threats">[]> {
  const drawn = new Set([...file.elements, ...file.flows].map(({ id }) => id));
  const at = new Map<string, Item<"threats">[]>();
  for (const threat of file.threats) {
    const target = threat.targets.find((id) => drawn.has(id));
    if (target !== undefined) at.set(target, [...(at.get(target) ?? []), threat]);
  }
  return at;
}

function threatOf(threat: Item<"threats">): JsonObject {
  const { text, remarks } = takeRemarks(
    TITLE,
    threat.description,
    THREAT_KEPT,
    ...(threat.category === "other" ? ["type"] : []),
  );
  const live = threat.mitigations.filter(({ state }) => state !== "dropped");
  const mitigated = live.length > 0 && live.every(({ state }) => isDone(state));
  const type = remarks.get("type");
  return {
    ...keptFields(THREAT_KEPT, remarks),
    id: threat.id,
    title: threat.name,
    description: text,
    type: typeof type === "string" && threat.category === "other" ? type : wordOf(threat.category),
    status: threat.state === "rejected" ? "NotApplicable" : mitigated ? "Mitigated" : "Open",
    mitigation: mitigationText(threat.mitigations),
  };
}

function zoneCell({ id, name, description }: Item<"zones">, box: Box | undefined): JsonObject {
  return {
    id,
    shape: "trust-boundary-box",
    zIndex: -1,
    ...placed(box),
    attrs: { label: { text: name } },
    data: { type: "tm.BoundaryBox", name, description, isTrustBoundary: true, hasOpenThreats: false },
  };
}

const SHAPE = {
  process: ["process", "tm.Process"],
  hardware: ["process", "tm.Process"],
  store: ["store", "tm.Store"],
  user: ["actor", "tm.Actor"],
  "external-system": ["actor", "tm.Actor"],
} as const;

function elementCell(element: Item<"elements">, box: Box | undefined, threats: JsonObject[]): JsonObject {
  const { text, remarks } = takeRemarks(
    TITLE,
    element.description,
    CELL_KEPT,
    ...(element.kind === "store" ? ["isEncrypted"] : []),
  );
  const [shape, type] = SHAPE[element.kind];
  const encrypted = remarks.get("isEncrypted");
  return {
    id: element.id,
    shape,
    zIndex: 1,
    ...placed(box),
    attrs: { text: { text: element.name }, body: STROKE },
    data: {
      ...keptFields(CELL_KEPT, remarks),
      ...(shape === "store" && typeof encrypted === "boolean" && { isEncrypted: encrypted }),
      ...said(element, text, type),
      hasOpenThreats: threats.some(({ status }) => status === "Open"),
      threats,
    },
  };
}

function flowCell(flow: Item<"flows">, threats: JsonObject[]): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, flow.description, CELL_KEPT);
  return {
    id: flow.id,
    shape: "flow",
    zIndex: 10,
    connector: "smooth",
    attrs: {
      line: {
        stroke: "#333333",
        strokeWidth: 1.5,
        targetMarker: { name: "block" },
        sourceMarker: { name: flow.bothWays ? "block" : "" },
        strokeDasharray: null,
      },
    },
    labels: [{ position: 0.5, attrs: { label: { text: flow.name } } }],
    source: { cell: flow.from },
    target: { cell: flow.to },
    vertices: [],
    data: {
      ...keptFields(CELL_KEPT, remarks),
      ...said(flow, text, "tm.Flow"),
      isBidirectional: flow.bothWays,
      protocol: flow.path.protocol,
      ...(flow.path.encrypted !== null && { isEncrypted: flow.path.encrypted }),
      hasOpenThreats: threats.some(({ status }) => status === "Open"),
      threats,
    },
  };
}

const said = ({ name, inScope }: Item<"elements"> | Item<"flows">, description: string, type: string): JsonObject => ({
  type,
  name,
  description,
  outOfScope: !inScope,
  reasonOutOfScope: "",
  isTrustBoundary: false,
});

const placed = (box: Box | undefined): JsonObject => {
  const { x, y, width, height } = box ?? { x: 0, y: 0, width: 160, height: 80 };
  return { position: { x, y }, size: { width, height } };
};
