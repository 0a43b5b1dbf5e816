import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import type { LetterDocument } from "./letter-document.ts";

const STEPS = "steps";
const QUIET = "454E5C";
const PAGE_WIDTH = 9_070;

/** The letter for a word processor: real headings, numbered steps, a table whose head repeats on every page. */
export async function letterDocx(letter: LetterDocument): Promise<Uint8Array<ArrayBuffer>> {
  const document = new Document({
    title: letter.title,
    creator: letter.letterhead.name,
    styles: {
      default: {
        document: {
          run: { font: "Calibri", size: 22, language: { value: "en-GB" } },
          paragraph: { spacing: { after: 120 } },
        },
        heading1: {
          run: { size: 30, bold: true, color: "131820" },
          paragraph: { spacing: { before: 360, after: 240 } },
        },
        heading2: {
          run: { size: 24, bold: true, color: "131820" },
          paragraph: { spacing: { before: 280, after: 100 } },
        },
      },
    },
    numbering: {
      config: [
        {
          reference: STEPS,
          levels: [
            {
              level: 0,
              format: LevelFormat.DECIMAL,
              text: "%1.",
              alignment: AlignmentType.LEFT,
              style: { paragraph: { indent: { left: 400, hanging: 400 } } },
            },
          ],
        },
      ],
    },
    sections: [{ footers: { default: footer(letter.trackingId) }, children: body(letter) }],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}

function body(letter: LetterDocument): (Paragraph | Table)[] {
  return [
    new Paragraph({
      children: [new TextRun({ text: letter.letterhead.name, bold: true, size: 34 })],
      spacing: { after: 40 },
    }),
    new Paragraph({
      children: [new TextRun({ text: letter.letterhead.lines.join("  ·  "), size: 17, color: QUIET })],
      border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: "131820", space: 6 } },
      spacing: { after: 320 },
    }),
    ...letter.recipient.map((text) => new Paragraph({ text, spacing: { after: 0 } })),
    new Paragraph({ text: `${letter.on}   ${letter.trackingId}`, alignment: AlignmentType.RIGHT }),
    new Paragraph({ text: letter.title, heading: HeadingLevel.HEADING_1 }),
    new Paragraph({ text: letter.salutation }),
    ...letter.sections.flatMap(({ title, paragraphs, steps }) => [
      new Paragraph({ text: title, heading: HeadingLevel.HEADING_2, keepNext: true }),
      ...paragraphs.map(
        (text) =>
          new Paragraph({
            text,
            ...(steps && paragraphs.length > 1 ? { numbering: { reference: STEPS, level: 0 } } : {}),
          }),
      ),
    ]),
    ...units(letter),
    ...letter.closing.map((text, i) => new Paragraph({ text, spacing: { before: i === 0 ? 360 : 0, after: 0 } })),
  ];
}

function units({ units: rows, unitsTitle, unitsHead, unitsWidths, unitsNote }: LetterDocument): (Paragraph | Table)[] {
  if (rows.length === 0) return [];
  const columnWidths = unitsWidths.map((share) => Math.round((PAGE_WIDTH * share) / 100));
  const cell = (text: string, i: number, bold: boolean) =>
    new TableCell({
      width: { size: columnWidths[i] ?? 1_500, type: WidthType.DXA },
      margins: { top: 50, bottom: 50, left: 80, right: 80 },
      children: [new Paragraph({ children: [new TextRun({ text, bold, size: 20 })], spacing: { after: 0 } })],
    });
  return [
    new Paragraph({ text: unitsTitle, heading: HeadingLevel.HEADING_2, keepNext: true }),
    new Table({
      width: { size: PAGE_WIDTH, type: WidthType.DXA },
      columnWidths,
      rows: [
        new TableRow({ tableHeader: true, children: unitsHead.map((text, i) => cell(text, i, true)) }),
        ...rows.map((row) => new TableRow({ cantSplit: true, children: row.map((text, i) => cell(text, i, false)) })),
      ],
    }),
    ...(unitsNote === "" ? [] : [new Paragraph({ text: unitsNote })]),
  ];
}

const footer = (trackingId: string) =>
  new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          new TextRun({
            size: 17,
            color: QUIET,
            children: [`${trackingId}   `, PageNumber.CURRENT, " of ", PageNumber.TOTAL_PAGES],
          }),
        ],
      }),
    ],
  });
