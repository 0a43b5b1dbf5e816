import { escapeHtml } from "../../../lib/html.ts";
import { addressesOf, FEED } from "./addresses.ts";

/** The last revision of an advisory for everybody. */
export interface Listed {
  trackingId: string;
  title: string;
  summary: string;
  year: number;
  fileName: string;
  keyFingerprint: string;
  releasedAt: Date;
  publishedAt: Date;
}

interface Provider {
  base: string;
  path: string;
  name: string;
  /** When the list or what is said of the provider last changed. */
  changedAt: Date;
}

/** The ROLIE feed (RFC 8322; CSAF 2.0, 7.1.15), newest first. */
export function rolieFeed({ base, path, name, changedAt }: Provider, listed: readonly Listed[]): object {
  const at = addressesOf(base, path);
  return {
    feed: {
      id: `${path}-csaf-feed-tlp-white`,
      title: `CSAF advisories of ${name} (TLP:WHITE)`,
      link: [
        { rel: "self", href: at.feed },
        { rel: "service", href: at.service },
      ],
      category: [{ scheme: "urn:ietf:params:rolie:category:information-type", term: "csaf" }],
      updated: changedAt.toISOString(),
      entry: newestFirst(listed).map((one) => {
        const href = at.document(one.year, one.fileName);
        return {
          id: one.trackingId,
          title: one.title,
          link: [
            { rel: "self", href },
            { rel: "hash", href: `${href}.sha512` },
            { rel: "hash", href: `${href}.sha256` },
            { rel: "signature", href: `${href}.asc` },
          ],
          published: one.releasedAt.toISOString(),
          updated: one.publishedAt.toISOString(),
          ...(one.summary === "" ? {} : { summary: { content: one.summary } }),
          content: { type: "application/json", src: href },
          format: { schema: "https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json", version: "2.0" },
        };
      }),
    },
  };
}

/** The ROLIE service document (CSAF 2.0, 7.1.16). */
export function rolieService({ base, path, name }: Provider): object {
  return {
    service: {
      workspace: [
        {
          title: `CSAF advisories of ${name}`,
          collection: [
            {
              title: `CSAF advisories of ${name} (TLP:WHITE)`,
              href: addressesOf(base, path).feed,
              categories: {
                category: [{ scheme: "urn:ietf:params:rolie:category:information-type", term: "csaf" }],
              },
            },
          ],
        },
      ],
    },
  };
}

/** index.txt: every file from the directory on (7.1.12). */
export const indexText = (listed: readonly Listed[]): string =>
  newestFirst(listed)
    .map(({ year, fileName }) => `${year}/${fileName}\n`)
    .join("");

/** changes.csv: every file and when it last changed, newest first, all quoted (7.1.13). */
export const changesCsv = (listed: readonly Listed[]): string =>
  newestFirst(listed)
    .map(({ year, fileName, publishedAt }) => `"${year}/${fileName}","${publishedAt.toISOString()}"\r\n`)
    .join("");

/** A hash beside a file, as sha256sum and sha512sum write and check it (7.1.18). */
export const hashFile = (hash: string, fileName: string): string => `${hash}  ${fileName}\n`;

/** The page of the directory, or of a year's folder in it: every file as a link (7.1.14). */
export function directoryPage({ name }: Provider, listed: readonly Listed[], year: number | null): string {
  const files = newestFirst(listed).filter((one) => one.year === year);
  const years = [...new Set(listed.map((one) => one.year))].sort((a, b) => b - a);
  const links =
    year === null
      ? [...years.map((one) => `${one}/`), FEED, "service.json", "index.txt", "changes.csv"]
      : files.flatMap(({ fileName }) => ["", ".sha256", ".sha512", ".asc"].map((ending) => fileName + ending));
  const title = escapeHtml(`CSAF advisories of ${name}${year === null ? "" : `, ${year}`}`);
  return [
    '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">',
    `<title>${title}</title>\n<h1>${title}</h1>\n<ul>`,
    ...links.map((link) => `<li><a href="${link}">${link}</a></li>`),
    "</ul>\n</html>\n",
  ].join("\n");
}

const newestFirst = (listed: readonly Listed[]): Listed[] =>
  listed.toSorted((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime() || (a.fileName < b.fileName ? -1 : 1));
