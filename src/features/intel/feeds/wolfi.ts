import * as z from "zod";
import type { Feed } from "../feed.ts";
import { advisoryOf } from "../normalise/advisory.ts";
import { affected, fixedIn, neverAffected } from "../normalise/affected.ts";
import { isObject } from "../normalise/values.ts";
import type { Affected } from "../schema.ts";

const SOURCE = "wolfi";

const Event = z.object({ timestamp: z.string(), type: z.string(), data: z.unknown().optional() });
const Entry = z.object({
  id: z.string().min(1),
  aliases: z.array(z.string()).nullish(),
  events: z.array(Event).min(1),
});
const WolfiFile = z.object({ package: z.object({ name: z.string() }), advisories: z.array(z.unknown()) });

/** Wolfi's package advisories: a history of events per vulnerability; the newest event decides (github.com/wolfi-dev/advisories). */
export default {
  name: "wolfi",
  title: "Wolfi package advisories",
  recognise(document) {
    const value = document.data();
    return isObject(value) && "schema-version" in value && isObject(value.package) && Array.isArray(value.advisories);
  },
  *read(document, report) {
    const { package: about, advisories } = WolfiFile.parse(document.data());
    for (const [i, item] of advisories.entries()) {
      const parsed = Entry.safeParse(item);
      if (!parsed.success) {
        report(`/advisories/${i}`, parsed.error.issues[0]?.message ?? "");
        continue;
      }
      const { id, aliases, events } = parsed.data;
      const history = [...events].sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
      const last = history.at(-1);
      yield {
        kind: "advisory",
        advisory: advisoryOf({
          id: id.startsWith("CGA-") ? id : `WOLFI-${about.name}-${id}`,
          source: SOURCE,
          aliases: [id, ...(aliases ?? [])],
          title: `${[id, ...(aliases ?? [])].find((name) => name.startsWith("CVE-")) ?? id} in Wolfi ${about.name}`,
          published: history[0]?.timestamp,
          modified: last?.timestamp,
          affected: last === undefined ? [] : affectedAfter(last, about.name),
        }),
      };
    }
  },
} satisfies Feed;

/** Fixed: up to the fixed version. Judged a false positive: in no version. Anything else (detected, no fix planned): every version. */
function affectedAfter({ type, data }: z.infer<typeof Event>, name: string): Affected[] {
  const named = { ecosystem: "Wolfi", name };
  const fixed = type === "fixed" && isObject(data) ? data["fixed-version"] : undefined;
  if (type === "false-positive-determination" || fixed === "0") return [neverAffected(named, "apk")];
  if (typeof fixed !== "string") return [affected({ package: named }, { scheme: "apk", everyVersion: true })];
  return [affected({ package: named }, { scheme: "apk", intervals: [fixedIn(fixed)] })];
}
