import { MiniMap, useStore } from "@xyflow/react";
import type { Placed } from "../../../features/security-file/views/lay-out/place.ts";

/** Nothing stands in the outermost pixels of a picture. */
const EDGE = 16;
const SIZE = { width: 160, height: 100 };

/** The whole in small, while part of the picture is out of sight: otherwise it would only cover some of it. */
export function SmallMap({ placed }: { placed: Placed }) {
  const isWhole = useStore(({ transform: [left, top, zoom], width, height }) => {
    const { x, y, width: wide, height: high } = placed.bounds;
    const [screenX, screenY] = [x * zoom + left, y * zoom + top];
    return (
      screenX > -EDGE &&
      screenY > -EDGE &&
      screenX + wide * zoom < width + EDGE &&
      screenY + high * zoom < height + EDGE
    );
  });
  if (isWhole) return null;
  return (
    <MiniMap
      pannable
      style={SIZE}
      zoomable
      nodeColor={(node) => (node.type === "zone" ? "var(--sunken)" : "var(--quiet-solid)")}
      maskColor="color-mix(in srgb, var(--soft) 72%, transparent)"
      bgColor="var(--paper)"
      ariaLabel="Small picture of the whole"
    />
  );
}
