import * as z from "zod";
import type { Feed } from "../feed.ts";
import { instant } from "../normalise/bounds.ts";
import { isObject } from "../normalise/values.ts";

const SOURCE = "cisa-kev";

const Entry = z.object({
  cveID: z.string().min(1),
  dateAdded: z.iso.date(),
  dueDate: z.iso.date().nullish(),
  knownRansomwareCampaignUse: z.string().nullish(),
});

/** CISA's Known Exploited Vulnerabilities catalogue, JSON (cisa.gov/known-exploited-vulnerabilities-catalog). */
export default {
  name: "kev",
  title: "Known exploited vulnerabilities (CISA KEV)",
  recognise(document) {
    const value = document.data();
    return isObject(value) && "catalogVersion" in value && Array.isArray(value.vulnerabilities);
  },
  *read(document, report) {
    const value = document.data();
    if (!isObject(value) || !Array.isArray(value.vulnerabilities)) return;
    const asOf = instant(typeof value.dateReleased === "string" ? value.dateReleased : null);
    if (asOf !== null) yield { kind: "as-of", source: SOURCE, at: asOf };
    for (const [i, item] of value.vulnerabilities.entries()) {
      const parsed = Entry.safeParse(item);
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        report(`/vulnerabilities/${i}/${issue?.path.map(String).join("/")}`, issue?.message ?? "");
        continue;
      }
      const { cveID: cve, dateAdded: since, dueDate, knownRansomwareCampaignUse } = parsed.data;
      const ransomware = knownRansomwareCampaignUse === "Known";
      yield { kind: "exploited", exploited: { cve, since, dueOn: dueDate ?? null, ransomware, source: SOURCE } };
    }
  },
} satisfies Feed;
