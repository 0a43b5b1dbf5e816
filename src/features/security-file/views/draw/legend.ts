import { boxText } from "../lay-out/size.ts";
import { textWidth } from "../lay-out/text.ts";
import type { Picture, Socket } from "../picture.ts";
import { ELEMENT_WORD, PORT_STATE_WORD, PORT_WORD } from "../words.ts";
import { boxMarks } from "./box.ts";
import { SIGNS } from "./line.ts";
import { type Mark, path, rectPath, shape, words } from "./mark.ts";
import { socketMarks } from "./socket.ts";

/** Something drawn small, with what it means; `width` is that of the drawing. */
interface Sign {
  width: number;
  marks: Mark[];
  /** How far above the middle of its line the drawing begins. */
  rise?: number;
  means: string;
}

const HIGH = 14;

/** What the signs mean that are on this picture, and no others. */
export function signsOf(picture: Picture): Sign[] {
  const { boxes, lines, zones } = picture;
  const sockets = boxes.flatMap((box) => box.sockets);
  const shapes = [...new Set(boxes.map(({ shape: kind }) => kind))];
  const socketSign = (part: Partial<Socket>, means: string): Sign => ({
    width: 18,
    marks: socketMarks({ id: "", name: "", kind: "wired", state: "used", exposed: false, ...part }, 9, 0),
    means,
  });
  return [
    ...shapes.flatMap((kind) => (kind === "patients" ? [] : [shapeSign(kind)])),
    ...(zones.length > 0
      ? [
          {
            width: 22,
            marks: [shape(rectPath(0, -HIGH / 2, 22, HIGH, 4), { fill: "zone", stroke: "faint-ink", dash: "5 3" })],
            means: "Trust zone",
          },
        ]
      : []),
    ...[...new Set(sockets.map(({ kind }) => kind))].map((kind) =>
      socketSign({ kind }, `Interface, ${PORT_WORD[kind]}`),
    ),
    ...[...new Set(sockets.map(({ state }) => state))]
      .filter((state) => state !== "used")
      .map((state) => socketSign({ state }, PORT_STATE_WORD[state])),
    ...(sockets.some(({ exposed }) => exposed) ? [socketSign({ exposed: true }, "exposed to the outside")] : []),
    ...(lines.some(({ encrypted }) => encrypted) ? [{ width: 14, marks: SIGNS.lock(0, 0), means: "encrypted" }] : []),
    ...(lines.some(({ carries }) => carries.includes("command"))
      ? [{ width: 14, marks: SIGNS.command(0, 0), means: "carries commands" }]
      : []),
    ...(lines.some(({ carries }) => carries.includes("code"))
      ? [{ width: 14, marks: SIGNS.code(0, 0), means: "carries code" }]
      : []),
    ...(lines.some(({ dashed }) => dashed) || boxes.some(({ inScope, emphasis }) => !inScope || emphasis === "outside")
      ? [
          {
            width: 26,
            marks: [shape(path(["M", 0, 0, "H", 26]), { dash: "6 4" })],
            means: picture.view === "update" ? "in other hands" : "outside the scope",
          },
        ]
      : []),
    ...(boxes.some(({ emphasis }) => emphasis === "origin")
      ? [
          {
            width: 22,
            marks: [shape(rectPath(0, -HIGH / 2, 22, HIGH, 4), { fill: "alarm-soft", stroke: "alarm", width: 3 })],
            means: "compromised first",
          },
        ]
      : []),
  ];
}

function shapeSign(kind: keyof typeof ELEMENT_WORD): Sign {
  const box = {
    ...{ id: "", of: { kind: "elements" as const, id: "" }, name: "", sub: "", zone: null, sockets: [], inScope: true },
    shape: kind,
    emphasis: null,
  };
  const [first, ...more] = boxMarks({
    box,
    text: { ...boxText(box), name: [], head: 0 },
    x: 0,
    y: 0,
    width: 26,
    height: HIGH,
  });
  const marks = kind === "user" ? [] : [first, ...more].flatMap((mark) => mark ?? []);
  return {
    width: 26,
    marks: kind === "user" ? USER : marks,
    ...(kind === "user" ? {} : { rise: HIGH / 2 }),
    means: ELEMENT_WORD[kind],
  };
}

const USER: Mark[] = [
  shape(path(["M", 10, -4, "a", 3, 3, 0, 1, 0, 6, 0, "a", 3, 3, 0, 1, 0, -6, 0, "Z"]), { fill: "ink", stroke: "none" }),
  shape(path(["M", 7, 7, "c", 0, -8, 12, -8, 12, 0, "Z"]), { fill: "ink", stroke: "none" }),
];

/** The legend as rows of signs that fit a width, from its upper left corner. */
export function legendMarks(
  picture: Picture,
  width: number,
): { marks: { x: number; y: number; mark: Mark }[]; height: number } {
  const marks: { x: number; y: number; mark: Mark }[] = [];
  let x = 0;
  let y = 10;
  for (const sign of signsOf(picture)) {
    const wide = sign.width + 6 + textWidth(sign.means, 11) + 22;
    if (x > 0 && x + wide > width) {
      x = 0;
      y += 24;
    }
    for (const mark of sign.marks) marks.push({ x, y: y - (sign.rise ?? 0), mark });
    marks.push({ x, y, mark: words(sign.means, sign.width + 6, 4) });
    x += wide;
  }
  return { marks, height: y + 14 };
}
