import * as z from "zod";
import type { Feed } from "../feed.ts";
import { advisoryOf } from "../normalise/advisory.ts";
import { affected, fixedIn, neverAffected } from "../normalise/affected.ts";
import { isObject, textOf } from "../normalise/values.ts";
import type { Affected } from "../schema.ts";

const SOURCE = "alpine-secdb";

/** Distributions that have no releases, by the address their `security.json` gives: Alpine's form without a distroversion. */
const ROLLING: readonly [RegExp, { ecosystem: string; source: string; prefix: string }][] = [
  [/wolfi\.dev/, { ecosystem: "Wolfi", source: "wolfi", prefix: "WOLFI-SECDB" }],
  [/cgr\.dev|chainguard/, { ecosystem: "Chainguard", source: "chainguard", prefix: "CHAINGUARD-SECDB" }],
];

const rollingOf = (urlPrefix: unknown) =>
  ROLLING.find(([pattern]) => typeof urlPrefix === "string" && pattern.test(urlPrefix))?.[1];

const Package = z.object({
  pkg: z.object({ name: z.string(), secfixes: z.record(z.string(), z.array(z.string()).nullish()).nullish() }),
});

/**
 * Alpine's security database: fixed package versions of one release and repository, YAML or JSON (secdb.alpinelinux.org). Wolfi and
 * Chainguard publish the same form, without a release.
 */
export default {
  name: "alpine-secdb",
  title: "Alpine security database",
  recognise(document) {
    const value = document.data();
    if (!isObject(value) || !("reponame" in value) || !Array.isArray(value.packages)) return false;
    return "distroversion" in value || rollingOf(value.urlprefix) !== undefined;
  },
  *read(document, report) {
    const value = document.data();
    if (!isObject(value) || !Array.isArray(value.packages)) return;
    const release = textOf(value.distroversion);
    const alpine = release === "edge" ? "Alpine" : `Alpine:${release.startsWith("v") ? release : `v${release}`}`;
    const rolling = "distroversion" in value ? undefined : rollingOf(value.urlprefix);
    const ecosystem = rolling?.ecosystem ?? alpine;
    const byName = new Map<string, { aliases: string[]; affected: Affected[] }>();
    for (const [i, item] of value.packages.entries()) {
      const parsed = Package.safeParse(item);
      if (!parsed.success) {
        report(`/packages/${i}`, parsed.error.issues[0]?.message ?? "");
        continue;
      }
      const { name, secfixes } = parsed.data.pkg;
      for (const [version, fixes] of Object.entries(secfixes ?? {})) {
        for (const fix of fixes ?? []) {
          const [id = "", ...aliases] = fix.trim().split(/\s+/);
          const known = byName.get(id) ?? { aliases, affected: [] };
          byName.set(id, known);
          // Version 0: the package was never affected.
          known.affected.push(
            version === "0"
              ? neverAffected({ ecosystem, name }, "apk")
              : affected({ package: { ecosystem, name } }, { scheme: "apk", intervals: [fixedIn(version)] }),
          );
        }
      }
    }
    for (const [id, said] of byName) {
      if (id === "") continue;
      const record = {
        source: rolling?.source ?? SOURCE,
        aliases: [id, ...said.aliases],
        title: `${id} in ${rolling?.ecosystem ?? `Alpine ${release}`}`,
        affected: said.affected,
      };
      yield {
        kind: "advisory",
        advisory: advisoryOf({
          id: `${rolling?.prefix ?? `ALPINE-${release}`}-${textOf(value.reponame)}-${id}`,
          ...record,
        }),
      };
    }
  },
} satisfies Feed;
