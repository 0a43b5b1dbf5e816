export type Shape =
  | "octagon"
  | "triangle"
  | "diamond"
  | "circle"
  | "ring"
  | "dot"
  | "half"
  | "dash"
  | "check"
  | "shield"
  | "bolt"
  | "cross";

const PATHS: Record<Shape, { d: string; stroke?: boolean }> = {
  octagon: { d: "M3.7.9h4.600l2.800 2.800v4.600l-2.800 2.800H3.700L.9 8.300V3.700z" },
  triangle: { d: "M6 .9 11.600 10.800H.4z" },
  diamond: { d: "M6 .4 11.600 6 6 11.600.4 6z" },
  circle: { d: "M6 1.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9z" },
  ring: { d: "M6 2.200a3.800 3.800 0 1 1 0 7.600 3.800 3.800 0 0 1 0-7.600z", stroke: true },
  dot: { d: "M6 3a3 3 0 1 1 0 6 3 3 0 0 1 0-6z" },
  half: { d: "M6 1.500a4.500 4.500 0 0 1 0 9z M6 1.500a4.500 4.500 0 0 0 0 9", stroke: true },
  dash: { d: "M2 6h8", stroke: true },
  check: { d: "M1.800 6.400 4.700 9.200 10.200 3", stroke: true },
  shield: { d: "M6 .8 10.600 2.500v3.400c0 2.700-1.900 4.500-4.600 5.400C3.300 10.400 1.400 8.600 1.400 5.900V2.500z" },
  bolt: { d: "M7 .3 1.900 7h3.300L4.600 11.700 10.100 4.800H6.600z" },
  cross: { d: "M2.500 2.500l7 7m0-7l-7 7", stroke: true },
};

/** A small shape that says the same as the colour beside it, for eyes that do not tell colours apart. */
export function Mark({ shape }: { shape: Shape }) {
  const { d, stroke } = PATHS[shape];
  return (
    <svg className="mark" viewBox="0 0 12 12" width="11" height="11" aria-hidden="true">
      <path
        d={d}
        fill={stroke ? (shape === "half" ? "currentColor" : "none") : "currentColor"}
        fillRule="evenodd"
        stroke={stroke ? "currentColor" : "none"}
        strokeWidth={shape === "half" ? 1.2 : 1.9}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
