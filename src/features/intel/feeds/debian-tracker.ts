import * as z from "zod";
import type { Feed } from "../feed.ts";
import { CODE_NAMES } from "../identity/purl-ecosystems.ts";
import { advisoryOf } from "../normalise/advisory.ts";
import { affected, fixedIn, neverAffected } from "../normalise/affected.ts";
import { isObject } from "../normalise/values.ts";
import type { Affected } from "../schema.ts";

const SOURCE = "debian:tracker";

const Release = z.object({ status: z.string(), fixed_version: z.string().nullish() });
const Entry = z.object({ description: z.string().nullish(), releases: z.record(z.string(), z.unknown()) });

/**
 * The Debian security tracker's JSON (security-tracker.debian.org/tracker/data/json): package → CVE → release → state. One advisory per
 * CVE over all packages. `fixed_version` 0 means never affected.
 */
export default {
  name: "debian-tracker",
  title: "Debian security tracker",
  recognise(document) {
    const value = document.data();
    if (!isObject(value)) return false;
    const [first] = Object.values(value);
    if (!isObject(first)) return false;
    const [name, entry] = Object.entries(first)[0] ?? ["", null];
    return /^(CVE-\d{4}-\d{4,}|TEMP-)/.test(name) && isObject(entry) && isObject(entry.releases);
  },
  *read(document, report) {
    const value = document.data();
    if (!isObject(value)) return;
    const byName = new Map<string, { title: string | null; affected: Affected[] }>();
    for (const [name, vulnerabilities] of Object.entries(value)) {
      if (!isObject(vulnerabilities)) {
        report(`/${name}`, "The package lists no vulnerabilities");
        continue;
      }
      for (const [id, entry] of Object.entries(vulnerabilities)) {
        const parsed = Entry.safeParse(entry);
        if (!parsed.success) {
          report(`/${name}/${id}`, parsed.error.issues[0]?.message ?? "");
          continue;
        }
        const known = byName.get(id) ?? { title: null, affected: [] };
        byName.set(id, known);
        known.title ??= parsed.data.description ?? null;
        for (const [release, state] of Object.entries(parsed.data.releases)) {
          const said = Release.safeParse(state);
          if (said.success) known.affected.push(...stateIn(name, release, said.data));
          else report(`/${name}/${id}/releases/${release}`, said.error.issues[0]?.message ?? "");
        }
      }
    }
    for (const [id, { title, affected: items }] of byName)
      yield {
        kind: "advisory",
        advisory: advisoryOf({
          id: `DEBIAN-${id}`,
          source: SOURCE,
          aliases: [id],
          title: title ?? `${id} in Debian`,
          references: [`https://security-tracker.debian.org/tracker/${encodeURIComponent(id)}`],
          affected: items,
        }),
      };
  },
} satisfies Feed;

function stateIn(name: string, release: string, { status, fixed_version: fixed }: z.infer<typeof Release>): Affected[] {
  const named = { ecosystem: CODE_NAMES[release] ?? `Debian:${release}`, name };
  const identity = { package: named };
  if (status === "open") return [affected(identity, { scheme: "deb", everyVersion: true })];
  if (status === "resolved")
    return fixed === undefined || fixed === null
      ? []
      : fixed === "0"
        ? [neverAffected(named, "deb")]
        : [affected(identity, { scheme: "deb", intervals: [fixedIn(fixed)] })];
  return [affected(identity, { scheme: "deb", undecidable: [`Debian's tracker says: ${status.slice(0, 100)}`] })];
}
