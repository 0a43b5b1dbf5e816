import { parse } from "smol-toml";
import * as z from "zod";
import { Fault } from "../../../lib/fault.ts";
import type { Feed } from "../feed.ts";
import { advisoryOf, vectorSeverity } from "../normalise/advisory.ts";
import { affected } from "../normalise/affected.ts";
import { allBut } from "../normalise/all-but.ts";
import { npmIntervals } from "../normalise/npm-range.ts";

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
    const { advisory: said, versions } = Front.parse(readToml(front, document.path));
    const requirements = [...(versions.patched ?? []), ...(versions.unaffected ?? [])];
    const good = requirements.flatMap((requirement) => {
      const intervals = npmIntervals(requirement);
      if (intervals === null) report("/versions", `"${requirement}" is no version requirement`);
      return intervals ?? [];
    });
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
          affected({ package: { ecosystem: "crates.io", name: said.package } }, { scheme: "cargo", ...allBut(good) }),
        ],
      }),
    };
  },
} satisfies Feed;

function readToml(text: string, at: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new Fault("bad_input", `This is not TOML: ${(cause as Error).message.split("\n")[0]}`, { at, cause });
  }
}
