import { Handle, type NodeProps } from "@xyflow/react";
import { memo, useMemo } from "react";
import { boxMarks } from "../../../features/security-file/views/draw/box.ts";
import { rowMiddle } from "../../../features/security-file/views/lay-out/size.ts";
import { useCanvas, useNear } from "./canvas-context.ts";
import { type BoxNode as Box, SIDES } from "./graph.ts";
import { Marks } from "./marks.tsx";
import { Rename } from "./rename.tsx";

/** An element as it is printed, with places to draw flows from. */
export const BoxNode = memo(function BoxNode({ id, data, selected }: NodeProps<Box>) {
  const { placed, sides, shine, mayEdit } = data;
  const { width, height, text, box } = placed;
  const { renaming } = useCanvas();
  const near = useNear();
  const marks = useMemo(() => boxMarks(placed, { sides, near }), [placed, sides, near]);
  return (
    <div className={`box${selected ? " box-selected" : ""}${shine === null ? "" : ` shine-${shine}`}`}>
      <svg width={width} height={height} aria-hidden="true">
        <Marks marks={marks} />
      </svg>
      {mayEdit &&
        SIDES.map(({ id: side, position }) => (
          <Handle
            key={side}
            id={side}
            type="source"
            position={position}
            className="side"
            aria-hidden="true"
            style={position === "left" || position === "right" ? { top: text.head / 2 } : undefined}
          />
        ))}
      {mayEdit &&
        box.sockets.map((socket, row) => {
          const right = sides.get(socket.id) === "E";
          return (
            <Handle
              key={socket.id}
              id={socket.id}
              type="source"
              position={(right ? "right" : "left") as never}
              className="socket"
              style={{ top: rowMiddle(text, row) }}
              title={`Draw a flow from ${socket.name}`}
            />
          );
        })}
      {renaming === id && <Rename kind="elements" id={id} name={box.name} />}
    </div>
  );
});
