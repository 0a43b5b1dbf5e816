import { useReactFlow } from "@xyflow/react";
import { useEffect } from "react";

/** Brings the chosen item into sight, and listens to the keys that only move the eye. */
export function CanvasKeys({ item }: { item: string | undefined }) {
  const flow = useReactFlow();
  useEffect(() => {
    if (item === undefined) return;
    const node = flow.getInternalNode(item);
    if (node === undefined) return;
    const { x, y } = node.internals.positionAbsolute;
    const { width = 0, height = 0 } = node;
    const { x: left, y: top, zoom } = flow.getViewport();
    const canvas = document.querySelector(".canvas")?.getBoundingClientRect();
    if (canvas === undefined) return;
    const [screenX, screenY] = [x * zoom + left, y * zoom + top];
    const inSight =
      screenX > 0 && screenY > 0 && screenX + width * zoom < canvas.width && screenY + height * zoom < canvas.height;
    if (!inSight && node.type === "box")
      void flow.setCenter(x + width / 2, y + height / 2, { zoom: Math.max(zoom, 0.7), duration: 200 });
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
