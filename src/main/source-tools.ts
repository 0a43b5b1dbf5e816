import type { SourceShelf } from "../features/intel/routes.ts";
import { checkSource, type Source, sourceFolder } from "../features/intel/source.ts";
import type { SourceRules } from "../features/intel/sync/location.ts";
import type { SourceTools } from "../flows/visit-sources.ts";
import { Fault } from "../lib/fault.ts";
import { type Config, secretIn } from "../platform/config/config.ts";
import type { Fetch } from "../platform/files/fetch-input.ts";
import { loadPlugIns } from "../platform/files/load-plug-ins.ts";
import { mirrorFetch } from "../platform/loading/mirror-fetch.ts";

/**
 * The catalogue as this installation is set up for it. Fault `bad_configuration` names a mirror or a key of a source that there is not;
 * key files are read when a source is visited, so that a new key needs no restart.
 */
export async function sourceTools(
  { mirrors, keyFiles, maxSourceGigabytes }: Config["intel"],
  folder: string,
  elsewhere?: Fetch,
): Promise<SourceTools> {
  const sources = await loadPlugIns(sourceFolder, checkSource);
  const named = Object.keys(keyFiles).find((name) => !sources.some((source) => source.name === name));
  if (named !== undefined) throw unknown(`intel.keyFiles.${named}`, sources);
  return {
    sources,
    mirrors: byBase(mirrors, sources),
    keyOf: (name) => (keyFiles[name] === undefined ? null : secretIn(keyFiles[name])),
    folder,
    maxKeptBytes: maxSourceGigabytes * 1e9,
    fetch: mirrorFetch(Object.values(mirrors), elsewhere),
  };
}

export const sourceShelf = (
  { sources, mirrors }: SourceTools,
  rules: SourceRules,
  { keyFiles }: Config["intel"],
): SourceShelf => ({
  rules,
  sources,
  addressOf({ name, bases }) {
    const [main = ""] = Object.keys(bases);
    return mirrors[name]?.[main] ?? bases[main] ?? "";
  },
  hasKey: (name) => keyFiles[name] !== undefined,
});

/** `osv` stands for its main address, `cve-list.raw` for one of several. */
function byBase(
  mirrors: Config["intel"]["mirrors"],
  sources: readonly Source[],
): Record<string, Record<string, string>> {
  const found: Record<string, Record<string, string>> = {};
  for (const [place, url] of Object.entries(mirrors)) {
    const [name = "", base] = place.split(".");
    const source = sources.find((one) => one.name === name);
    const wanted = base ?? Object.keys(source?.bases ?? {})[0] ?? "";
    if (source === undefined || !(wanted in source.bases)) throw unknown(`intel.mirrors.${place}`, sources);
    found[name] = { ...found[name], [wanted]: url };
  }
  return found;
}

const unknown = (at: string, sources: readonly Source[]) =>
  new Fault("bad_configuration", "There is no such source or address of a source", {
    at,
    fix: `Sources: ${sources.map(({ name, bases }) => (Object.keys(bases).length > 1 ? `${name}.{${Object.keys(bases).join(",")}}` : name)).join(", ")}`,
  });
