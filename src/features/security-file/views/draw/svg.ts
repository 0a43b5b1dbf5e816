import type { Placed } from "../lay-out/place.ts";
import { textWidth, wrap } from "../lay-out/text.ts";
import { boxMarks } from "./box.ts";
import { legendMarks } from "./legend.ts";
import { labelMarks, strokeMarks } from "./line.ts";
import type { Mark, Tone } from "./mark.ts";
import { sidesOf } from "./sides.ts";
import { zoneMarks } from "./zone.ts";

/** Ink on paper: every difference that colour makes is also made by a shape, a width or a dash. */
export const PRINT: Record<Tone, string> = {
  ink: "#131820",
  "soft-ink": "#454e5c",
  "faint-ink": "#7b8492",
  paper: "#ffffff",
  soft: "#f1f2f5",
  zone: "#f6f7f9",
  line: "#c5cbd5",
  alarm: "#a61b1b",
  "alarm-soft": "#fdefed",
  none: "none",
};
const FONT = "'Inter Variable', Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
const MARGIN = 24;
const LEAST_WIDTH = 640;

/** Text inside XML: markup characters become entities, and what XML 1.0 cannot carry is left out. */
export const escaped = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, "");

function markText(mark: Mark): string {
  if (mark.mark === "path")
    return `<path d="${escaped(mark.d)}" fill="${PRINT[mark.fill]}" stroke="${PRINT[mark.stroke]}"${mark.stroke === "none" ? "" : ` stroke-width="${mark.width}"`}${mark.dash === undefined ? "" : ` stroke-dasharray="${mark.dash}"`}/>`;
  const { x, y, size, weight, anchor, tone, text } = mark;
  return `<text x="${tenth(x)}" y="${tenth(y)}" font-size="${size}"${weight === 400 ? "" : ` font-weight="${weight}"`}${anchor === "start" ? "" : ` text-anchor="${anchor}"`} fill="${PRINT[tone]}">${escaped(text)}</text>`;
}

const tenth = (n: number) => Math.round(n * 10) / 10;

const group = (x: number, y: number, marks: readonly Mark[], title?: string) =>
  `<g transform="translate(${tenth(x)} ${tenth(y)})">${title === undefined ? "" : `<title>${escaped(title)}</title>`}${marks.map(markText).join("")}</g>`;

/** What a printed picture says about itself. */
export interface Caption {
  /** "Infusion pump 2.4.0". */
  of: string;
  /** Revision of the file, or the day. */
  state: string;
}

/**
 * The picture as a vector file of paths and text: no script, no style sheet, no foreign object, nothing loaded from elsewhere. The same
 * picture gives the same bytes.
 */
export function svgOf(placed: Placed, caption: Caption): string {
  const { picture, bounds, boxes, zones, lines } = placed;
  const title = `${caption.of}: ${picture.title}`;
  const width = Math.ceil(Math.max(LEAST_WIDTH, bounds.width, textWidth(title, 17)) + 2 * MARGIN);
  const inner = width - 2 * MARGIN;
  const top = 64;
  const legend = legendMarks(picture, inner);
  const notes = picture.notes.flatMap((note) => wrap(note, 12, inner, 6));
  const below = top + bounds.height + 20;
  const height = Math.ceil(below + notes.length * 18 + 12 + legend.height + MARGIN);
  const sides = sidesOf(placed);
  const heading: Mark[] = [
    { mark: "text", x: MARGIN, y: 32, text: title, size: 17, weight: 600, anchor: "start", tone: "ink" },
    { mark: "text", x: MARGIN, y: 51, text: caption.state, size: 11, weight: 400, anchor: "start", tone: "soft-ink" },
  ];
  const noteMarks = notes.map(
    (text, index): Mark => ({
      mark: "text",
      x: MARGIN,
      y: below + index * 18 + 12,
      text,
      size: 12,
      weight: 400,
      anchor: "start",
      tone: "ink",
    }),
  );
  const shiftX = MARGIN - bounds.x;
  const shiftY = top - bounds.y;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="${FONT}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" fill="${PRINT.paper}"/>`,
    heading.map(markText).join(""),
    `<g transform="translate(${tenth(shiftX)} ${tenth(shiftY)})">`,
    ...zones.map((zone) => group(zone.x, zone.y, zoneMarks(zone), zone.frame.name)),
    ...lines.map(
      (line) =>
        `<g><title>${escaped(line.line.label)}</title>${strokeMarks(line.line, line.points).map(markText).join("")}</g>`,
    ),
    ...boxes.map((box) =>
      group(box.x, box.y, boxMarks(box, { sides: sides.get(box.box.id) ?? new Map() }), box.box.name),
    ),
    ...lines.map((line) => `<g>${labelMarks(line.line, line.label).map(markText).join("")}</g>`),
    "</g>",
    noteMarks.map(markText).join(""),
    `<g transform="translate(${MARGIN} ${tenth(below + notes.length * 18 + 12)})">`,
    ...legend.marks.map(({ x, y, mark }) => group(x, y, [mark])),
    "</g>",
    "</svg>",
  ].join("\n");
}
