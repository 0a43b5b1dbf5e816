import * as z from "zod";
import type { Feed } from "../feed.ts";
import { advisoryOf } from "../normalise/advisory.ts";
import { affected } from "../normalise/affected.ts";
import { allBut } from "../normalise/all-but.ts";
import { rubyInterval } from "../normalise/ruby-requirement.ts";
import { isObject } from "../normalise/values.ts";

const SOURCE = "rubysec";

const id = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value == null ? null : String(value)));
const strings = z.array(z.string()).nullish();

const RubyAdvisory = z.object({
  gem: z.string().nullish(),
  engine: z.string().nullish(),
  cve: id,
  ghsa: id,
  osvdb: id,
  url: z.string().nullish(),
  title: z.string(),
  date: z.string().nullish(),
  description: z.string().nullish(),
  patched_versions: strings,
  unaffected_versions: strings,
  related: z.object({ cve: strings, ghsa: strings, url: strings }).partial().nullish().catch(null),
});

/** Ruby advisories: one YAML file a gem or Ruby engine and vulnerability (github.com/rubysec/ruby-advisory-db). */
export default {
  name: "rubysec",
  title: "Ruby advisories",
  recognise(document) {
    const value = document.data();
    const named = isObject(value) && (typeof value.gem === "string" || typeof value.engine === "string");
    return named && typeof value.title === "string" && ("cve" in value || "ghsa" in value || "osvdb" in value);
  },
  *read(document, report) {
    const said = RubyAdvisory.parse(document.data());
    const good = [...(said.patched_versions ?? []), ...(said.unaffected_versions ?? [])].flatMap((requirement) => {
      const one = rubyInterval(requirement);
      if (one === null) report("/patched_versions", `"${requirement}" is no version requirement`);
      return one ?? [];
    });
    const cve = said.cve === null ? null : `CVE-${said.cve}`;
    const ghsa = said.ghsa === null ? null : `GHSA-${said.ghsa}`;
    const name = said.gem ?? said.engine ?? "";
    const identity = said.gem
      ? { package: { ecosystem: "RubyGems", name } }
      : {
          cpe:
            said.engine === "ruby"
              ? "cpe:2.3:a:ruby-lang:ruby:*:*:*:*:*:*:*:*"
              : `cpe:2.3:a:${name}:${name}:*:*:*:*:*:*:*:*`,
        };
    yield {
      kind: "advisory",
      advisory: advisoryOf({
        id: `RUBYSEC-${name}-${cve ?? ghsa ?? `OSVDB-${said.osvdb}`}`,
        source: SOURCE,
        aliases: [cve, ghsa],
        title: said.title,
        details: said.description,
        published: said.date,
        references: [said.url, ...(said.related?.url ?? [])],
        affected: [affected(identity, { scheme: "rubygems", ...allBut(good) })],
      }),
    };
  },
} satisfies Feed;
