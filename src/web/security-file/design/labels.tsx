import { useStore, ViewportPortal } from "@xyflow/react";
import { memo, useMemo } from "react";
import { labelMarks, linePath } from "../../../features/security-file/views/draw/line.ts";
import { type LabelSpot, labelScale, labelSpots } from "../../../features/security-file/views/lay-out/labels.ts";
import { keptClear, type Placed, type PlacedLine } from "../../../features/security-file/views/lay-out/place.ts";
import type { Light } from "../../../features/security-file/views/light.ts";
import { useNear } from "./canvas-context.ts";
import { Marks } from "./marks.tsx";

/** Wide enough for every label there is. */
const WHOLE = 100_000;

interface Props {
  placed: Placed;
  light: Light | null;
  /** Lines whose label is not drawn here: an end of them is being moved. */
  moving: ReadonlySet<string>;
  /** What the pointer, the focus or the open panel is on: the line, and all its words, over everything else. */
  pointed: string | undefined;
  opened: string | undefined;
  onOpen: (item: string) => void;
  onPoint: (line: string | undefined) => void;
}

/**
 * The labels of all lines, over the lines, so that no line goes through words. Their letters keep a readable size on the screen however
 * far away the picture is; where they have no room they are shorter or not there, and whole as soon as the line is pointed at.
 */
export const Labels = memo(function Labels({ placed, light, moving, pointed, opened, onOpen, onPoint }: Props) {
  const near = useNear();
  const spots = useMemo(() => {
    if (near >= 1) return new Map(placed.lines.map(({ line, label }) => [line.id, label]));
    return labelSpots(placed.lines, keptClear(placed), { near });
  }, [placed, near]);
  const whole = placed.lines.filter(
    ({ line }) => !moving.has(line.id) && (line.id === pointed || line.of.id === opened),
  );
  return (
    <ViewportPortal>
      <svg className="labels" width={1} height={1} aria-hidden="true">
        <Spots
          placed={placed}
          spots={spots}
          light={light}
          moving={moving}
          near={near}
          onOpen={onOpen}
          onPoint={onPoint}
        />
      </svg>
      <svg className="labels labels-whole" width={1} height={1} aria-hidden="true">
        {whole.map((line) => (
          <Whole key={line.line.id} of={line} spot={spots.get(line.line.id)} near={near} />
        ))}
      </svg>
    </ViewportPortal>
  );
});

interface SpotsProps extends Pick<Props, "placed" | "light" | "moving" | "onOpen" | "onPoint"> {
  spots: ReadonlyMap<string, LabelSpot>;
  near: number;
}

const Spots = memo(function Spots({ placed, spots, light, moving, near, onOpen, onPoint }: SpotsProps) {
  const tile = useTile();
  const scale = labelScale(near);
  return placed.lines.map(({ line }) => {
    const spot = spots.get(line.id);
    if (spot === undefined || moving.has(line.id) || !isOn(tile, spot)) return null;
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: the line itself is reached by keyboard
      <g
        key={line.id}
        className={`line-label${light === null || light.ids.has(line.id) ? "" : " shine-dim"}`}
        transform={`translate(${spot.x} ${spot.y}) scale(${scale})`}
        onClick={() => onOpen(line.of.id)}
        // Mouse events as the lines have them: left before entered. A pointer enters before the mouse leaves the line it comes from.
        onMouseEnter={() => onPoint(line.id)}
        onMouseLeave={() => onPoint(undefined)}
      >
        <Marks marks={labelMarks(line, fromItself(spot, scale))} />
      </g>
    );
  });
});

/** A line and all it says, over everything else. */
function Whole({
  of: { line, points, label },
  spot,
  near,
}: {
  of: PlacedLine;
  spot: LabelSpot | undefined;
  near: number;
}) {
  const { x, y } = spot ?? label;
  return (
    <g className="line-whole">
      <path className="line-over" d={linePath(points)} fill="none" />
      <g transform={`translate(${x} ${y}) scale(${labelScale(near)})`}>
        <Marks marks={labelMarks(line, { ...ORIGIN, most: WHOLE })} />
      </g>
    </g>
  );
}

/** The same spot, counted from where the label stands. */
const fromItself = ({ x, y, most, leader }: LabelSpot, scale: number): LabelSpot => ({
  ...{ x: 0, y: 0, most },
  ...(leader === undefined ? {} : { leader: { x: (leader.x - x) / scale, y: (leader.y - y) / scale } }),
});

const ORIGIN = { x: 0, y: 0 };

interface Tile {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What is in sight and half as much around it, in steps: panning draws labels anew once for many frames. */
function useTile(): Tile {
  const key = useStore(({ transform: [x, y, zoom], width, height }) => {
    const [stepX, stepY] = [Math.max(1, width / 2), Math.max(1, height / 2)];
    const [column, row] = [Math.floor(-x / stepX), Math.floor(-y / stepY)];
    return `${((column - 1) * stepX) / zoom} ${((row - 1) * stepY) / zoom} ${((column + 4) * stepX) / zoom} ${((row + 4) * stepY) / zoom}`;
  });
  return useMemo(() => {
    const [left = 0, top = 0, right = 0, bottom = 0] = key.split(" ").map(Number);
    return { left, top, right, bottom };
  }, [key]);
}

const isOn = ({ left, top, right, bottom }: Tile, { x, y }: LabelSpot) =>
  x > left && x < right && y > top && y < bottom;
