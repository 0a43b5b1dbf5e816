import { type NodeProps, NodeResizer } from "@xyflow/react";
import { memo, useMemo } from "react";
import { zoneMarks } from "../../../features/security-file/views/draw/zone.ts";
import { useCanvas, useNear } from "./canvas-context.ts";
import type { ZoneNode as Zone } from "./graph.ts";
import { Marks } from "./marks.tsx";
import { Rename } from "./rename.tsx";

const LEAST = 120;

/** A trust zone: what stands in it moves with it. */
export const ZoneNode = memo(function ZoneNode({ id, data, selected, width, height }: NodeProps<Zone>) {
  const { placed, mayEdit, shine } = data;
  const { renaming, onResized } = useCanvas();
  const wide = width ?? placed.width;
  const high = height ?? placed.height;
  const near = useNear();
  const marks = useMemo(() => zoneMarks({ ...placed, width: wide, height: high }, near), [placed, wide, high, near]);
  return (
    <div className={`zone${selected ? " box-selected" : ""}${shine === "lit" ? " shine-lit" : ""}`}>
      {mayEdit && selected && (
        <NodeResizer
          minWidth={LEAST}
          minHeight={LEAST / 2}
          onResizeEnd={(_, { width: w, height: h }) => onResized(id, w, h)}
        />
      )}
      <svg width={wide} height={high} aria-hidden="true">
        <Marks marks={marks} />
      </svg>
      {renaming === id && <Rename kind="zones" id={id} name={placed.frame.name} />}
    </div>
  );
});
