import type { Source } from "../source.ts";
import { otherShape, refuseShorterList, textFrom } from "../source-parts/answers.ts";

const REPOSITORIES = ["main", "community"] as const;

/** Alpine's security database: one file a release and repository; the page lists the releases. */
export default {
  name: "alpine-secdb",
  title: "Alpine security database",
  gives: "In which version each Alpine package is fixed, per release",
  publisher: "Alpine Linux",
  terms: "Not stated",
  home: "https://secdb.alpinelinux.org",
  everyHours: 6,
  firstBytes: 15_000_000,
  bases: { secdb: "https://secdb.alpinelinux.org" },
  choice: { of: "releases (`v3.22`, `edge`), or `all`", standard: ["all"] },
  formats: ["alpine-secdb"],
  async *read(tools) {
    const releases = tools.choice.includes("all")
      ? await listed(tools.at("secdb"), () => textFrom(tools, tools.at("secdb", "/")))
      : tools.choice;
    const files = releases.flatMap((release) => REPOSITORIES.map((repository) => `${release}/${repository}.json`));
    if (tools.choice.includes("all")) refuseShorterList(tools.at("secdb"), files, tools.kept);
    for (const [i, name] of files.entries()) {
      // Some old releases have no community file, and a new one may have no fix yet.
      yield { type: "document", name, url: tools.at("secdb", name), more: { optional: true, mayBeEmpty: true } };
      yield { type: "reached", cursor: null, done: i + 1, total: files.length };
    }
    yield { type: "drop", where: (name) => !files.includes(name) };
  },
} satisfies Source;

/** The releases that the page links to: `<a href="v3.22/">`. */
async function listed(url: string, page: () => Promise<string>): Promise<string[]> {
  const found = (await page()).matchAll(/href="\.?\/?(v\d+\.\d+|edge)\/?"/g);
  const releases = [...new Set([...found].map((match) => match[1] ?? ""))];
  if (releases.length === 0) throw otherShape(url, "the page links to no release");
  return releases;
}
