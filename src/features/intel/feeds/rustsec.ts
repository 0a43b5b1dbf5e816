import { parse } from "smol-toml";
import * as z from "zod";
import { Fault } from "../../../lib/fault.ts";
import type { Feed } from "../feed.ts";
import { advisoryOf, vectorSeverity } from "../normalise/advisory.ts";
import { affected } from "../normalise/affected.ts";
import { allBut } from "../normalise/all-but.ts";
import { npmIntervals } from "../normalise/npm-range.ts";
import type { VersionSet } from "../normalise/range-text.ts";
import { dayOf, noSupportRecord } from "../normalise/support.ts";
import type { SupportRecord } from "../schema.ts";

const SOURCE = "rustsec";
const FRONT = /^```toml\r?\n([\s\S]*?)\r?\n```\s*(?:\r?\n|$)([\s\S]*)$/;

const strings = z.array(z.string()).optional();
const text = z.string().optional();

const Front = z.object({
  advisory: z.object({
    id: z.string().min(1),
    package: z.string().min(1),
    date: z.string(),
    url: text,
    references: strings,
    aliases: strings,
    cvss: text,
    informational: text,
    withdrawn: text,
  }),
  versions: z.object({ patched: strings, unaffected: strings }),
});

/** RustSec advisories: TOML at the head of Markdown (github.com/RustSec/advisory-db). */
export default {
  name: "rustsec",
  title: "RustSec advisories",
  recognise: (document) => /^```toml\r?\n\s*\[advisory\]/.test(document.text().slice(0, 200)),
  *read(document, report) {
    const [, front = "", markdown = ""] = FRONT.exec(document.text()) ?? [];
    const { advisory: said, versions: stated } = Front.parse(readToml(front, document.path));
    const requirements = [...(stated.patched ?? []), ...(stated.unaffected ?? [])];
    const good = requirements.flatMap((requirement) => {
      const intervals = npmIntervals(requirement);
      if (intervals === null) report("/versions", `"${requirement}" is no version requirement`);
      return intervals ?? [];
    });
    const versions = allBut(good);
    const severity = vectorSeverity(said.cvss, SOURCE);
    yield {
      kind: "advisory",
      advisory: advisoryOf({
        id: said.id,
        source: SOURCE,
        aliases: said.aliases ?? [],
        title: /^#\s+(.+)$/m.exec(markdown)?.[1],
        details: markdown.replace(/^\s*#\s+.+\n/, ""),
        published: said.date,
        withdrawn: said.withdrawn,
        references: [said.url, ...(said.references ?? [])],
        severities: [
          ...(severity === null ? [] : [severity]),
          ...(said.informational ? [{ kind: "rating" as const, source: SOURCE, value: "informational" }] : []),
        ],
        affected: [
          affected({ package: { ecosystem: "crates.io", name: said.package } }, { scheme: "cargo", ...versions }),
        ],
      }),
    };
    if (said.informational === "unmaintained" && said.withdrawn === undefined)
      yield { kind: "support", support: unmaintained(said.id, said.package, said.date, versions) };
  },
} satisfies Feed;

const unmaintained = (id: string, crate: string, date: string, versions: VersionSet): SupportRecord => ({
  ...noSupportRecord,
  record: id,
  source: SOURCE,
  title: crate.slice(0, 200),
  statedOn: dayOf(date),
  purls: [`pkg:cargo/${encodeURIComponent(crate)}`],
  names: [crate.slice(0, 200)],
  statement: {
    level: "unmaintained",
    since: dayOf(date),
    said: `Reported as unmaintained on ${dayOf(date) ?? "an unknown day"}`,
    versions: {
      scheme: "cargo",
      intervals: versions.intervals,
      exceptions: versions.exceptions,
      everyVersion: versions.everyVersion,
    },
  },
});

function readToml(text: string, at: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new Fault("bad_input", `This is not TOML: ${(cause as Error).message.split("\n")[0]}`, { at, cause });
  }
}
