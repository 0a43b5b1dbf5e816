import "@xyflow/react/dist/base.css";
import {
  applyNodeChanges,
  Background,
  type Connection,
  ConnectionMode,
  type NodeChange,
  type OnConnectEnd,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from "@xyflow/react";
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { addFlow, type FlowEnd, moved, pinned, renamed } from "../../../features/security-file/edit/drawing.ts";
import type { Step } from "../../../features/security-file/edit/edit.ts";
import type { SecurityFile } from "../../../features/security-file/schema.ts";
import type { Rect } from "../../../features/security-file/views/lay-out/elk.ts";
import type { Placed } from "../../../features/security-file/views/lay-out/place.ts";
import { stepOf } from "../../../features/security-file/views/lay-out/reading.ts";
import type { Light } from "../../../features/security-file/views/light.ts";
import { BoxNode } from "./box-node.tsx";
import { CanvasContext, NearContext } from "./canvas-context.ts";
import { type CanvasNode, graphOf, type LineEdge as Line, portOf } from "./graph.ts";
import { Labels } from "./labels.tsx";
import { LineEdge } from "./line-edge.tsx";
import { SmallMap } from "./small-map.tsx";
import { ZoneNode } from "./zone-node.tsx";

const NODE_TYPES = { box: BoxNode, zone: ZoneNode };
const EDGE_TYPES = { line: LineEdge };
const KEPT_AFTER_MS = 250;
/** The tools stand over the upper edge. */
const FIT = { padding: { top: "56px", right: "16px", bottom: "16px", left: "16px" }, maxZoom: 1.1 } as const;
/** The picture is the page: it is as tall as the window, so the page goes down to it. */
const showAll = (canvas: HTMLDivElement | null) => canvas?.scrollIntoView({ block: "nearest" });

export interface CanvasProps {
  file: SecurityFile;
  placed: Placed;
  light: Light | null;
  mayEdit: boolean;
  /** The item whose fields are open. */
  item: string | undefined;
  renaming: string | null;
  onRename: (id: string | null) => void;
  onOpen: (item: string | undefined) => void;
  onEdit: (edit: readonly Step[]) => void;
  onKey: (event: KeyboardEvent) => void;
  children?: ReactNode;
}

export const Canvas = (props: CanvasProps) => (
  <ReactFlowProvider>
    <Flow {...props} />
  </ReactFlowProvider>
);

function Flow({
  file,
  placed,
  light,
  mayEdit,
  item,
  renaming,
  onRename,
  onOpen,
  onEdit,
  onKey,
  children,
}: CanvasProps) {
  const flow = useReactFlow<CanvasNode, Line>();
  const graph = useMemo(() => graphOf(placed, light, mayEdit), [placed, light, mayEdit]);
  const [nodes, setNodes] = useState(graph.nodes);
  const near = useStore((state) => stepOf(state.transform[2]));
  const [pointed, setPointed] = useState<string | undefined>(undefined);
  const moving = useMoving(graph.nodes, nodes, placed);
  useEffect(() => {
    setNodes(graph.nodes.map((node) => (node.id === item ? { ...node, selected: true } : node)));
  }, [graph, item]);
  const edges = useMemo(
    () => graph.edges.map((edge) => (edge.data?.placed.line.of.id === item ? { ...edge, selected: true } : edge)),
    [graph, item],
  );

  const canvas = useRef<HTMLDivElement | null>(null);
  const shown = useCallback((element: HTMLDivElement | null) => {
    canvas.current = element;
    showAll(element);
  }, []);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const keepPlaces = useCallback(() => {
    const now = new Map<string, Rect>();
    const together = new Set<string>();
    const isElsewhere = (id: string, at: Rect, was: Rect) => {
      if (Math.abs(at.x - was.x) < 1 && Math.abs(at.y - was.y) < 1) return;
      now.set(id, at);
    };
    for (const zone of placed.zones) {
      const at = flow.getInternalNode(zone.frame.id);
      if (at === undefined) continue;
      const { x, y } = at.internals.positionAbsolute;
      isElsewhere(zone.frame.id, { x, y, width: zone.width, height: zone.height }, zone);
    }
    for (const box of placed.boxes) {
      const at = flow.getInternalNode(box.box.id);
      if (at === undefined) continue;
      isElsewhere(box.box.id, { ...at.internals.positionAbsolute, width: box.width, height: box.height }, box);
      if (box.box.zone !== null && now.has(box.box.zone)) together.add(box.box.id);
    }
    if (now.size > 0) onEdit(moved(file, placed, now, together));
  }, [file, placed, flow, onEdit]);
  const keep = useRef(keepPlaces);
  keep.current = keepPlaces;

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      setNodes((was) => applyNodeChanges(changes, was));
      const opened = changes.findLast((change) => change.type === "select" && change.selected);
      if (opened?.type === "select") {
        const node = flow.getNode(opened.id);
        onOpen(node?.type === "box" ? node.data.placed.box.of.id : opened.id);
      }
      if (!changes.some((change) => change.type === "position" && change.dragging !== true)) return;
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = setTimeout(() => keep.current(), KEPT_AFTER_MS);
    },
    [flow, onOpen],
  );

  const draw = useCallback(
    (from: FlowEnd, to: FlowEnd) => {
      const added = addFlow(file, placed, from, to);
      onEdit(added.edit);
      onOpen(added.id);
    },
    [file, placed, onEdit, onOpen],
  );
  const onConnect = useCallback(
    ({ source, sourceHandle, target, targetHandle }: Connection) =>
      draw({ element: source, port: portOf(sourceHandle) }, { element: target, port: portOf(targetHandle) }),
    [draw],
  );
  /** A flow that is dropped on an element, not exactly on one of its sockets. */
  const onConnectEnd = useCallback<OnConnectEnd>(
    (event, { fromNode, fromHandle, isValid }) => {
      if (isValid === true || fromNode === null) return;
      const { clientX, clientY } =
        "changedTouches" in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
      const under = document.elementFromPoint(clientX, clientY)?.closest(".react-flow__node-box");
      const id = under?.getAttribute("data-id");
      const isElement = file.elements.some((element) => element.id === id);
      if (id == null || !isElement || id === fromNode.id) return;
      draw({ element: fromNode.id, port: portOf(fromHandle?.id) }, { element: id, port: null });
    },
    [draw, file],
  );

  const actions = useMemo(
    () => ({
      renaming,
      onRenamed: (kind: "elements" | "zones", id: string, name: string | null) => {
        onRename(null);
        if (name !== null) onEdit(renamed(file, kind, id, name));
      },
      onResized: (zone: string, width: number, height: number) => {
        const at = flow.getInternalNode(zone)?.internals.positionAbsolute;
        if (at !== undefined) onEdit([pinned(file, placed, [{ of: zone, ...at, width, height }])]);
      },
    }),
    [renaming, onRename, onEdit, file, placed, flow],
  );

  return (
    <CanvasContext value={actions}>
      <NearContext value={near}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of what has the focus inside */}
        <div
          ref={shown}
          className={`canvas${light === null ? "" : " canvas-lit"}`}
          onKeyDown={onKey}
          onFocus={(event) => setPointed(lineOf(event.target.closest(".react-flow__edge")?.getAttribute("data-id")))}
          onBlur={() => setPointed(undefined)}
        >
          <ReactFlow<CanvasNode, Line>
            nodes={nodes}
            edges={edges}
            nodeTypes={NODE_TYPES}
            edgeTypes={EDGE_TYPES}
            onNodesChange={onNodesChange}
            onConnect={onConnect}
            onConnectEnd={onConnectEnd}
            onEdgeClick={(_, edge) => onOpen(edge.data?.placed.line.of.id)}
            onEdgeMouseEnter={(_, edge) => setPointed(lineOf(edge.id))}
            onEdgeMouseLeave={() => setPointed(undefined)}
            onNodeDoubleClick={(_, node) => {
              if (mayEdit && node.data.mayEdit) onRename(node.id);
            }}
            onPaneClick={() => onOpen(undefined)}
            onMoveStart={(_, { zoom }) => setMoving(canvas.current, zoom)}
            onMoveEnd={() => setMoving(canvas.current, null)}
            connectionMode={ConnectionMode.Loose}
            connectionRadius={18}
            deleteKeyCode={null}
            nodesConnectable={mayEdit}
            zIndexMode="manual"
            elevateNodesOnSelect={false}
            onlyRenderVisibleElements
            minZoom={0.08}
            maxZoom={3}
            fitView
            fitViewOptions={FIT}
            selectNodesOnDrag={false}
            zoomOnDoubleClick={false}
            proOptions={PRO}
          >
            <Background gap={24} size={1} color="var(--line)" />
            <SmallMap placed={placed} />
            <Labels
              placed={placed}
              light={light}
              moving={moving}
              pointed={pointed}
              opened={item}
              onOpen={onOpen}
              onPoint={setPointed}
            />
            {children}
          </ReactFlow>
        </div>
      </NearContext>
    </CanvasContext>
  );
}

/** Lines an end of which does not stand where the picture has it: it is being moved. */
function useMoving(stood: readonly CanvasNode[], now: readonly CanvasNode[], { lines }: Placed): ReadonlySet<string> {
  const places = useMemo(() => new Map(stood.map((node) => [node.id, node])), [stood]);
  const moved = new Set(now.filter((node) => isElsewhere(node, places.get(node.id))).map(({ id }) => id));
  for (const { id, parentId } of now) if (parentId !== undefined && moved.has(parentId)) moved.add(id);
  const key = lines
    .filter(({ line }) => moved.has(line.from) || moved.has(line.to))
    .map(({ line }) => line.id)
    .join("\n");
  return useMemo(() => new Set(key.split("\n")), [key]);
}

const isElsewhere = ({ position }: CanvasNode, was: CanvasNode | undefined) =>
  was !== undefined && (Math.abs(position.x - was.position.x) > 0.5 || Math.abs(position.y - was.position.y) > 0.5);

const lineOf = (edge: string | null | undefined) => edge?.slice("line:".length);

/** From afar nearly all of the picture is in sight; nearer, painting all there is around it would cost more than it saves. */
const FAR = 0.5;

/** While it is panned or zoomed nothing in the picture is looked for under the pointer; from afar it is moved as it was painted. */
function setMoving(canvas: HTMLDivElement | null, zoom: number | null): void {
  canvas?.classList.toggle("canvas-moving", zoom !== null);
  canvas?.classList.toggle("canvas-moving-far", zoom !== null && zoom < FAR);
}

const PRO = { hideAttribution: true };
