import * as z from "zod";
import type { Feed } from "../feed.ts";
import { advisoryOf } from "../normalise/advisory.ts";
import { affected } from "../normalise/affected.ts";
import { readRangeText } from "../normalise/range-text.ts";
import { isObject, textOf } from "../normalise/values.ts";

const SOURCE = "friends-of-php";

const PhpAdvisory = z.object({
  title: z.string(),
  link: z.string().nullish(),
  cve: z.string().nullish(),
  reference: z.string().regex(/^composer:\/\/.+/),
  branches: z.record(
    z.string(),
    z.object({ time: z.string().nullish(), versions: z.union([z.string(), z.array(z.string())]) }),
  ),
});

/** PHP security advisories: one YAML file a Composer package and vulnerability (github.com/FriendsOfPHP/security-advisories). */
export default {
  name: "friends-of-php",
  title: "PHP security advisories",
  recognise(document) {
    const value = document.data();
    return isObject(value) && isObject(value.branches) && textOf(value.reference).startsWith("composer://");
  },
  *read(document, report) {
    const said = PhpAdvisory.parse(document.data());
    const name = said.reference.slice("composer://".length);
    const item = affected({ package: { ecosystem: "Packagist", name } }, { scheme: "packagist" });
    for (const [branch, { versions }] of Object.entries(said.branches)) {
      const range = readRangeText([versions].flat().join(", "), "packagist");
      if (range === null) report(`/branches/${branch}/versions`, "These are no version bounds");
      item.intervals.push(...(range?.intervals ?? []));
      item.versions.push(...(range?.versions ?? []));
    }
    const times = Object.values(said.branches).flatMap((branch) => branch.time ?? []);
    const cve = said.cve && /^CVE-\d{4}-\d+$/.test(said.cve) ? said.cve : null;
    yield {
      kind: "advisory",
      advisory: advisoryOf({
        id: `PHP-${name}-${
          cve ??
          document.path
            .split("/")
            .at(-1)
            ?.replace(/\.ya?ml$/, "")
        }`,
        source: SOURCE,
        aliases: [cve],
        title: said.title,
        published: times.sort()[0]?.replace(" ", "T"),
        references: [said.link],
        affected: [item],
      }),
    };
  },
} satisfies Feed;
