import type { Coverage } from "../../features/evidence/coverage/schema.ts";
import { csvText } from "../../lib/csv.ts";
import { layOutCoverage, type Segment, WIDTH } from "./coverage-layout.ts";
import { STANDING_WORD } from "./words.ts";

/** One row a span: what, how it stands, first and last day, which evidence. */
export function coverageCsv({ targets }: Coverage, nameOf: (evidenceId: string) => string): string {
  const rows = targets.flatMap((target) =>
    [
      ...target.proven.map((span) => ({
        ...span,
        standing: STANDING_WORD.proven,
        evidence: span.evidence.map(nameOf),
      })),
      ...target.gaps.map((span) => ({ ...span, standing: STANDING_WORD[span.reason], evidence: [] as string[] })),
    ]
      .sort((a, b) => a.from.localeCompare(b.from))
      .map(({ from, until, standing, evidence }) => [
        target.kind,
        target.id,
        target.name,
        standing,
        from,
        until,
        evidence.join("; "),
      ]),
  );
  return csvText([["Kind", "Id", "Name", "State", "From", "Until", "Evidence"], ...rows]);
}

const LOOK: Readonly<Record<Segment["standing"], string>> = {
  proven: 'fill="#1d6b41"',
  "open-findings": 'fill="url(#open)" stroke="#7a4700" stroke-width="0.8"',
  expired: 'fill="#fff" stroke="#8c95a3" stroke-width="0.8"',
  "never-proven": 'fill="#fff" stroke="#8c95a3" stroke-width="0.8" stroke-dasharray="2 2"',
};

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** The picture as a file of its own: no script, no style from outside, told apart in grey. */
export function coverageSvg(coverage: Coverage, title: string): string {
  const { height, left, right, months, rows, all } = layOutCoverage(coverage);
  const legend = height + 22;
  const text = (x: number, y: number, words: string, more = "") =>
    `<text x="${x}" y="${y}" ${more}>${escaped(words)}</text>`;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${legend + 12}" font-family="sans-serif" font-size="11" fill="#131820">`,
    `<title>${escaped(title)}</title>`,
    '<defs><pattern id="open" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="#fff5e0"/><line x1="0" x2="0" y1="0" y2="5" stroke="#7a4700" stroke-width="2.4"/></pattern></defs>',
    text(0, 14, title, 'font-size="13" font-weight="bold"'),
    ...months.map(({ x, label }) => text(x + 2, 36, label, 'fill="#454e5c"')),
    ...months.map(({ x }) => `<line x1="${x}" x2="${x}" y1="40" y2="${height}" stroke="#e4e7ec"/>`),
    text(0, all.bottom - 8, "All together"),
    `<path d="${all.path}" fill="#8c95a3"/><line x1="${left}" x2="${right}" y1="${all.bottom}" y2="${all.bottom}" stroke="#8c95a3"/>`,
    ...rows.flatMap(({ y, bar, name, full, share, segments }) => [
      text(0, y + 11, name),
      ...segments.map(
        ({ x, width, standing, from, until }) =>
          `<rect x="${x}" y="${y}" width="${width}" height="${bar}" ${LOOK[standing]}><title>${escaped(`${full}: ${STANDING_WORD[standing].toLowerCase()}, ${from} to ${until}`)}</title></rect>`,
      ),
      text(right + 8, y + 11, share),
    ]),
    ...Object.entries(LOOK).map(
      ([standing, look], i) =>
        `<rect x="${left + i * 150}" y="${legend - 10}" width="22" height="12" ${look}/>${text(left + i * 150 + 28, legend, STANDING_WORD[standing as Segment["standing"]])}`,
    ),
    "</svg>",
  ];
  return parts.join("\n");
}
