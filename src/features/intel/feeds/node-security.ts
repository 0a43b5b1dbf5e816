import * as z from "zod";
import type { Feed } from "../feed.ts";
import { advisoryOf, vectorSeverity } from "../normalise/advisory.ts";
import { affected } from "../normalise/affected.ts";
import { npmIntervals } from "../normalise/npm-range.ts";
import { isObject } from "../normalise/values.ts";
import type { FeedRecord } from "../schema.ts";

const SOURCE = "node-security";
const NODE_CPE = "cpe:2.3:a:nodejs:node.js:*:*:*:*:*:*:*:*";

const text = z.string().nullish();
const strings = z.array(z.string()).nullish();

const NpmAdvisory = z.object({
  id: z.union([z.string(), z.number()]),
  title: z.string(),
  module_name: z.string(),
  publish_date: text,
  updated_at: text,
  cves: strings,
  vulnerable_versions: text,
  overview: text,
  references: z.array(z.string()).nullish().catch(null),
  cvss_vector: text,
});

const CoreAdvisory = z.object({
  cve: z.array(z.string()),
  ref: text,
  vulnerable: z.string(),
  patched: text,
  description: text,
  overview: text,
  severity: text,
});

/** The Node.js security working group's files: npm modules (until 2019) and Node.js itself (github.com/nodejs/security-wg). */
export default {
  name: "node-security",
  title: "Node.js security working group",
  recognise(document) {
    const value = document.data();
    if (!isObject(value)) return false;
    const npm = typeof value.module_name === "string" && "vulnerable_versions" in value;
    return npm || (Array.isArray(value.cve) && typeof value.vulnerable === "string");
  },
  *read(document, report) {
    const value = document.data();
    if (isObject(value) && "module_name" in value) yield* readNpm(NpmAdvisory.parse(value), report);
    else yield* readCore(CoreAdvisory.parse(value), report);
  },
} satisfies Feed;

function* readNpm(
  said: z.infer<typeof NpmAdvisory>,
  report: (at: string, reason: string) => void,
): Iterable<FeedRecord> {
  const intervals = npmIntervals(said.vulnerable_versions ?? "*");
  if (intervals === null) return report("/vulnerable_versions", `"${said.vulnerable_versions}" is no version range`);
  const severity = vectorSeverity(said.cvss_vector, SOURCE);
  yield {
    kind: "advisory",
    advisory: advisoryOf({
      id: `NSWG-ECO-${said.id}`,
      source: SOURCE,
      aliases: said.cves ?? [],
      title: said.title,
      details: said.overview,
      published: said.publish_date,
      modified: said.updated_at,
      references: said.references ?? [],
      severities: severity === null ? [] : [severity],
      affected: [affected({ package: { ecosystem: "npm", name: said.module_name } }, { scheme: "npm", intervals })],
    }),
  };
}

/** One record per CVE: a release often fixes several. */
function* readCore(
  said: z.infer<typeof CoreAdvisory>,
  report: (at: string, reason: string) => void,
): Iterable<FeedRecord> {
  const intervals = npmIntervals(said.vulnerable);
  const patched = said.patched ? npmIntervals(said.patched) : [];
  if (intervals === null || patched === null) return report("/vulnerable", "These are no version ranges");
  const exceptions = patched.map((one) => ({ ...one, fixed: one.from }));
  for (const cve of said.cve)
    yield {
      kind: "advisory",
      advisory: advisoryOf({
        id: `NSWG-NODE-${cve}`,
        source: SOURCE,
        aliases: [cve],
        title: said.description,
        details: said.overview,
        references: [said.ref],
        severities: said.severity ? [{ kind: "rating", source: SOURCE, value: said.severity }] : [],
        affected: [affected({ cpe: NODE_CPE }, { scheme: "npm", intervals, exceptions })],
      }),
    };
}
