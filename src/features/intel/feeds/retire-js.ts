import * as z from "zod";
import type { Feed } from "../feed.ts";
import { advisoryOf } from "../normalise/advisory.ts";
import { affected, interval } from "../normalise/affected.ts";
import { isObject } from "../normalise/values.ts";

const SOURCE = "retire.js";

const text = z.string().nullish();

const Weakness = z.object({
  below: text,
  atOrAbove: text,
  severity: text,
  identifiers: z.object({ summary: text, CVE: z.array(z.string()).nullish(), githubID: text }).nullish(),
  info: z.array(z.string()).nullish(),
});

/** Retire.js repositories: browser and npm libraries by name (github.com/RetireJS/retire.js). */
export default {
  name: "retire-js",
  title: "Retire.js JavaScript libraries",
  recognise(document) {
    const value = document.data();
    return isObject(value) && isObject(value["retire-example"]);
  },
  *read(document, report) {
    const value = document.data();
    for (const [library, entry] of Object.entries(isObject(value) ? value : {})) {
      if (library === "retire-example" || !isObject(entry) || !Array.isArray(entry.vulnerabilities)) continue;
      const name = typeof entry.npmname === "string" ? entry.npmname : library;
      for (const [i, item] of entry.vulnerabilities.entries()) {
        const parsed = Weakness.safeParse(item);
        if (!parsed.success) {
          report(`/${library}/vulnerabilities/${i}`, parsed.error.issues[0]?.message ?? "");
          continue;
        }
        const { below, atOrAbove, severity, identifiers, info } = parsed.data;
        const aliases = [...(identifiers?.CVE ?? []), identifiers?.githubID];
        yield {
          kind: "advisory",
          advisory: advisoryOf({
            id: `RETIREJS-${library}-${aliases.find(Boolean) ?? i}-${below ?? "all"}`,
            source: SOURCE,
            aliases,
            title: identifiers?.summary ?? `Weakness in ${library}`,
            references: info ?? [],
            severities: severity ? [{ kind: "rating", source: SOURCE, value: severity }] : [],
            affected: [
              affected(
                { package: { ecosystem: "npm", name } },
                {
                  scheme: "npm",
                  intervals: [interval({ from: atOrAbove ?? null, to: below ?? null, fixed: below ?? null })],
                },
              ),
            ],
          }),
        };
      }
    }
  },
} satisfies Feed;
