import { type ReactFlowInstance, useReactFlow } from "@xyflow/react";
import { useEffect } from "react";
import type { CanvasNode, LineEdge } from "./graph.ts";

type Flow = ReactFlowInstance<CanvasNode, LineEdge>;

/** Where a box, an interface's box or the label of a flow is. */
function rectOf(flow: Flow, item: string) {
  const node =
    flow.getInternalNode(item) ??
    flow.getNodes().find(({ type, data }) => type === "box" && data.placed.box.sockets.some(({ id }) => id === item));
  const label = flow.getEdges().find(({ data }) => data?.placed.line.of.id === item)?.data?.placed.label;
  if (node === undefined) return label === undefined ? null : { ...label, width: 0, height: 0 };
  if (node.type === "zone") return null;
  const { x, y } = flow.getInternalNode(node.id)?.internals.positionAbsolute ?? node.position;
  return { x, y, width: node.width ?? 0, height: node.height ?? 0 };
}

/** Brings the chosen item into sight, and listens to the keys that only move the eye. */
export function CanvasKeys({ item }: { item: string | undefined }) {
  const flow = useReactFlow<CanvasNode, LineEdge>();
  useEffect(() => {
    if (item === undefined) return;
    const at = rectOf(flow, item);
    if (at === null) return;
    const { x, y, width, height } = at;
    const { x: left, y: top, zoom } = flow.getViewport();
    const canvas = document.querySelector(".canvas")?.getBoundingClientRect();
    if (canvas === undefined) return;
    const [screenX, screenY] = [x * zoom + left, y * zoom + top];
    const inSight =
      screenX > 0 && screenY > 0 && screenX + width * zoom < canvas.width && screenY + height * zoom < canvas.height;
    if (!inSight) void flow.setCenter(x + width / 2, y + height / 2, { zoom: Math.max(zoom, 0.7), duration: 200 });
  }, [item, flow]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (!(event.target instanceof Element) || event.target.closest(".canvas") === null) return;
      if (event.target.closest("input, textarea") !== null) return;
      if (event.key === "0") void flow.fitView({ padding: 0.06, maxZoom: 1.1, duration: 160 });
      if (event.key === "+") void flow.zoomIn({ duration: 120 });
      if (event.key === "-") void flow.zoomOut({ duration: 120 });
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [flow]);
  return null;
}
