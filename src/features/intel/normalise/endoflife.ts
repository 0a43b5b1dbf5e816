import { parsePurl } from "../../../lib/purl.ts";
import { cpeProductKey, parseCpe } from "../identity/cpe.ts";
import type { SupportCycle, SupportRecord } from "../schema.ts";
import { type EndOfLifeProduct, EndOfLifeRelease } from "./endoflife-shape.ts";
import { dayOf, noSupportRecord, supportEnd } from "./support.ts";

type Report = (at: string, reason: string) => void;

const ENDOFLIFE = "endoflife.date";

/** An endoflife.date product as one support record. A cycle or an identifier that cannot be read is reported and left out. */
export function supportOfProduct(product: EndOfLifeProduct, report: Report): SupportRecord {
  const read = product.releases.flatMap((release, i) => readRelease(release, `/releases/${i}`, report));
  const names = new Set([product.title, product.permalink.slice(1)]);
  const record: SupportRecord = {
    ...noSupportRecord,
    record: product.permalink.slice(1),
    source: ENDOFLIFE,
    title: product.title,
    statedOn: read.flatMap(({ days }) => days).reduce<string | null>(later, null),
    purls: [],
    cpes: [],
    extendedName: withoutMarkup(product.eoesColumn),
    cycles: read.map(({ cycle }) => cycle),
  };
  for (const [i, identifier] of (product.identifiers ?? []).entries())
    for (const [kind, value] of Object.entries(identifier)) {
      const at = `/identifiers/${i}/${kind.slice(0, 40)}`;
      if (kind === "purl") addIf(record.purls, value, isPurl(value), at, report);
      else if (kind === "cpe") addIf(record.cpes, cpeProduct(value), true, at, report);
      else if (kind === "repology") names.add(value);
    }
  return { ...record, cpes: [...new Set(record.cpes)], names: [...names] };
}

function readRelease(value: unknown, at: string, report: Report): { cycle: SupportCycle; days: string[] }[] {
  const parsed = EndOfLifeRelease.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    report(`${at}/${issue?.path.map(String).join("/") ?? ""}`, issue?.message ?? "This is no release cycle");
    return [];
  }
  const { releaseCycle, codename, releaseDate, eoas, eol, eoes, latest, latestReleaseDate } = parsed.data;
  const ends = { activeUntil: supportEnd(eoas), securityUntil: supportEnd(eol), extendedUntil: supportEnd(eoes) };
  const { activeUntil, securityUntil, extendedUntil } = ends;
  if (activeUntil === undefined || securityUntil === undefined || extendedUntil === undefined) {
    report(at, `Cycle ${releaseCycle}: an end of support is neither a date nor true or false`);
    return [];
  }
  const releasedOn = dayOf(releaseDate);
  const days = [releasedOn, dayOf(latestReleaseDate)].filter((day) => day !== null);
  const cycle = { cycle: releaseCycle, codename: codename || null, releasedOn, latest: latest ?? null };
  return [{ cycle: { ...cycle, activeUntil, securityUntil, extendedUntil }, days }];
}

function addIf(to: string[], value: string | null, holds: boolean, at: string, report: Report): void {
  if (value === null || !holds) report(at, "The identifier cannot be read");
  else to.push(value);
}

function isPurl(text: string): boolean {
  try {
    return parsePurl(text).name !== "";
  } catch {
    return false;
  }
}

function cpeProduct(text: string): string | null {
  try {
    const key = cpeProductKey(parseCpe(text));
    return /(^|:)[*-]?(:|$)/.test(key) ? null : key;
  } catch {
    return null;
  }
}

const later = (a: string | null, b: string): string => (a === null || b > a ? b : a);

/** A column's title may hold HTML: `Debian <abbr …>LTS</abbr>`. `true` means the usual title. */
const withoutMarkup = (column: string | boolean | undefined): string | null =>
  typeof column === "string" ? column.replace(/<[^>]*>/g, "").trim() || null : null;
