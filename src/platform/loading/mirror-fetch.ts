import type { Fetch } from "../files/fetch-input.ts";
import { namedFetch } from "../files/named-fetch.ts";
import { publicFetch } from "../files/public-fetch.ts";

/**
 * Addresses below a mirror that the machine's administrator named are fetched wherever they are; every other one, also one that a feed
 * or a person of the organisation names, only from the public internet.
 */
export const mirrorFetch = (mirrors: readonly string[], elsewhere: Fetch = publicFetch): Fetch => {
  const bases = mirrors.map((base) => new URL(base));
  return (url, options) => {
    const asked = URL.parse(url);
    const ours =
      asked !== null && bases.some((base) => asked.origin === base.origin && isBelow(asked.pathname, base.pathname));
    return ours ? namedFetch(url, options) : elsewhere(url, options);
  };
};

/** A mirror that is a file (`…/provider-metadata.json`) stands for the folder it is in: what it lists lies beside it. */
const isBelow = (path: string, base: string): boolean => {
  const folder = /\.[a-z]{2,5}$/i.test(base)
    ? base.slice(0, base.lastIndexOf("/") + 1)
    : `${base.replace(/\/+$/, "")}/`;
  return path === base || path.startsWith(folder);
};
