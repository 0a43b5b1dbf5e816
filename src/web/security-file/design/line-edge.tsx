import { type EdgeProps, type Position, useInternalNode } from "@xyflow/react";
import { memo, useMemo } from "react";
import { labelMarks, linePath, strokeMarks } from "../../../features/security-file/views/draw/line.ts";
import { middleOf } from "../../../features/security-file/views/lay-out/labels.ts";
import { quickRoute, type Side } from "../../../features/security-file/views/lay-out/route.ts";
import type { LineEdge as Line } from "./graph.ts";
import { Marks } from "./marks.tsx";

const SIDE: Record<Position, Side> = { top: "N", right: "E", bottom: "S", left: "W" };

/** A flow on its way; a short cut, with its label, while one of its ends is being moved. */
export const LineEdge = memo(function LineEdge(props: EdgeProps<Line>) {
  const { data, selected, source, target, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = props;
  const fromNode = useInternalNode(source)?.internals.positionAbsolute;
  const toNode = useInternalNode(target)?.internals.positionAbsolute;
  const way = useMemo(() => {
    if (data === undefined) return null;
    const stands =
      fromNode === undefined || toNode === undefined || (isAt(fromNode, data.from) && isAt(toNode, data.to));
    if (stands) return data.placed;
    const points = quickRoute(
      { at: { x: sourceX, y: sourceY }, side: SIDE[sourcePosition] },
      { at: { x: targetX, y: targetY }, side: SIDE[targetPosition] },
    );
    return { line: data.placed.line, points, label: middleOf(points) };
  }, [data, fromNode, toNode, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition]);
  if (way === null || data === undefined) return null;
  return (
    <g
      className={`line${selected === true ? " line-selected" : ""}${data.shine === null ? "" : ` shine-${data.shine}`}`}
    >
      <path
        className="react-flow__edge-interaction"
        d={linePath(way.points)}
        fill="none"
        strokeOpacity={0}
        strokeWidth={16}
      />
      <path className="line-halo" d={linePath(way.points)} fill="none" />
      <Marks marks={strokeMarks(way.line, way.points)} />
      {way !== data.placed && <Marks marks={labelMarks(way.line, way.label)} />}
    </g>
  );
});

const isAt = (a: { x: number; y: number }, b: { x: number; y: number }) =>
  Math.abs(a.x - b.x) < 0.5 && Math.abs(a.y - b.y) < 0.5;
