import type { Feed } from "../feed.ts";
import { CODE_NAMES } from "../identity/purl-ecosystems.ts";
import { advisoryOf } from "../normalise/advisory.ts";
import { affected, fixedIn, neverAffected } from "../normalise/affected.ts";
import type { Affected } from "../schema.ts";

const HEAD = /^\[(\d{2} [A-Z][a-z]{2} \d{4})\] ((?:DSA|DLA|DTSA)-\d+(?:-\d+)?) (.*)$/;
const FIXED = /^\s+\[([a-z]+)\]\s+-\s+(\S+)\s+(\S+)/;

/** Debian's DSA and DLA lists: fixed versions per release (salsa.debian.org/security-tracker-team/security-tracker). */
export default {
  name: "debian-advisories",
  title: "Debian security advisories (DSA, DLA)",
  recognise: (document) => HEAD.test(document.text().slice(0, 500).split("\n", 1)[0] ?? ""),
  *read(document, report) {
    for (const entry of entries(document.text())) {
      const [, date, id, title] = HEAD.exec(entry.lines[0] ?? "") ?? [];
      if (date === undefined || id === undefined) {
        report(`line ${entry.line}`, "The line is no advisory's head");
        continue;
      }
      const body = entry.lines.slice(1);
      yield {
        kind: "advisory",
        advisory: advisoryOf({
          id,
          source: `debian:${id.split("-")[0]}`,
          aliases: body.flatMap((line) => (/^\s+\{/.test(line) ? (line.match(/CVE-\d{4}-\d{4,}/g) ?? []) : [])),
          title: `${id} ${title}`,
          published: isoDate(date),
          references: [`https://security-tracker.debian.org/tracker/${id}`],
          affected: body.flatMap(fixedLine),
        }),
      };
    }
  },
} satisfies Feed;

/** An entry is a line at the margin and the indented lines after it. */
function* entries(text: string): Generator<{ line: number; lines: string[] }> {
  let current: { line: number; lines: string[] } | null = null;
  let line = 0;
  for (const one of text.split(/\r?\n/)) {
    line += 1;
    if (one.trim() === "") continue;
    if (/^\s/.test(one)) current?.lines.push(one);
    else {
      if (current !== null) yield current;
      current = { line, lines: [one] };
    }
  }
  if (current !== null) yield current;
}

function fixedLine(line: string): Affected[] {
  const [, release, name, version] = FIXED.exec(line) ?? [];
  if (release === undefined || name === undefined || version === undefined) return [];
  const ecosystem = CODE_NAMES[release] ?? `Debian:${release}`;
  if (version === "<not-affected>") return [neverAffected({ ecosystem, name }, "deb")];
  const unfixed = version.startsWith("<");
  return [
    affected(
      { package: { ecosystem, name } },
      unfixed ? { scheme: "deb", everyVersion: true } : { scheme: "deb", intervals: [fixedIn(version)] },
    ),
  ];
}

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

function isoDate(date: string): string {
  const [day, month = "", year] = date.split(" ");
  return `${year}-${String(MONTHS.indexOf(month) / 3 + 1).padStart(2, "0")}-${day}`;
}
