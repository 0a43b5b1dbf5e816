import type { PublisherSettings } from "../schema.ts";

export const WELL_KNOWN = "/.well-known/csaf/provider-metadata.json";
export const FEED = "csaf-feed-tlp-white.json";

/** Where a provider's files are read. `base`: the server's public address. */
export function addressesOf(base: string, path: string) {
  const root = `${base.replace(/\/+$/, "")}/csaf/${path}`;
  return {
    root,
    metadata: `${root}/provider-metadata.json`,
    directory: `${root}/white/`,
    feed: `${root}/white/${FEED}`,
    service: `${root}/white/service.json`,
    key: (fingerprint: string) => `${root}/openpgp/${fingerprint}.asc`,
    document: (year: number, fileName: string) => `${root}/white/${year}/${fileName}`,
  };
}

/** Why subscribers' tools would refuse the addresses; null when nothing speaks against them. */
export function whyNotSubscribable(base: string, { namespace }: Pick<PublisherSettings, "namespace">): string | null {
  if (!base.startsWith("https://"))
    return "CSAF is served over https only: set http.publicUrl to this server's https address.";
  if (!URL.canParse(namespace)) return null;
  const own = new URL(base).hostname;
  const theirs = new URL(namespace).hostname;
  const related = own === theirs || own.endsWith(`.${theirs}`) || theirs.endsWith(`.${own}`);
  return related
    ? null
    : `The namespace is at ${theirs}, the advisories are at ${own}: on ${theirs}, name this address in security.txt (CSAF: …).`;
}
