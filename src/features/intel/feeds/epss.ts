import { readCsv } from "../../../lib/csv.ts";
import type { Feed } from "../feed.ts";
import { instant } from "../normalise/bounds.ts";

const SOURCE = "epss";

/** The header row, after the comment line that FIRST's daily file begins with. */
const HEADER = /^(?:#[^\n]*\n)?"?cve"?,/i;

/** EPSS scores: FIRST's daily CSV (first.org/epss/data_stats), or any CSV with the columns CVE, EPSS and percentile. */
export default {
  name: "epss",
  title: "Exploit prediction scores (FIRST EPSS)",
  recognise(document) {
    const head = document.text().slice(0, 4096);
    return HEADER.test(head) && columnsOf(headerRow(head)) !== null;
  },
  *read(document, report) {
    const text = document.text();
    const dated = /^#.*\bscore_date:\s*([0-9T:.+Z-]+)/.exec(text)?.[1];
    const asOf = instant(dated?.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
    if (asOf !== null) yield { kind: "as-of", source: SOURCE, at: asOf };
    let columns: Columns | null = null;
    for (const { row, line } of readCsv(text, report)) {
      if (columns === null) {
        if (!row[0]?.startsWith("#")) columns = columnsOf(row);
        continue;
      }
      const [cve = "", score, percentile] = [
        row[columns.cve],
        share(row[columns.score]),
        share(row[columns.percentile]),
      ];
      if (!/^CVE-\d{4}-\d{4,}$/.test(cve)) report(`line ${line}`, "No CVE number in the CVE column");
      else if (score === null || percentile === null)
        report(`line ${line}`, `${cve}: score and percentile are not numbers from 0 to 1`);
      else yield { kind: "epss", epss: { cve, score, percentile, source: SOURCE } };
    }
  },
} satisfies Feed;

interface Columns {
  cve: number;
  score: number;
  percentile: number;
}

const headerRow = (head: string): string[] => {
  const lines = head.split(/\r?\n/);
  return (lines[0]?.startsWith("#") ? lines[1] : lines[0])?.split(",").map((name) => name.replace(/^"|"$/g, "")) ?? [];
};

function columnsOf(header: readonly string[]): Columns | null {
  const names = header.map((name) => name.trim().toLowerCase());
  const cve = names.indexOf("cve");
  const score = names.indexOf("epss");
  const percentile = names.findIndex((name) => name === "percentile" || name === "epss percentile");
  return cve < 0 || score < 0 || percentile < 0 ? null : { cve, score, percentile };
}

function share(text: string | undefined): number | null {
  if (text === undefined || !/^\d*\.?\d+(e-?\d+)?$/i.test(text.trim())) return null;
  const value = Number(text);
  return value >= 0 && value <= 1 ? value : null;
}
