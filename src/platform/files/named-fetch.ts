import { lookup } from "node:dns/promises";
import { Fault } from "../../lib/fault.ts";
import type { Fetch } from "./fetch-input.ts";
import { isPublicAddress, withoutKeys } from "./public-fetch.ts";

const MAX_REDIRECTS = 5;
const MAX_MS = 30 * 60 * 1000;

/**
 * Fetches an address a person named, wherever it is: their own network is theirs. What it redirects to is not their choice:
 * only http(s), never back from https to http, and never from the public internet into a private network. Half an hour at most.
 */
export const namedFetch: Fetch = async (address, options = {}) => {
  const late = AbortSignal.timeout(MAX_MS);
  const signal = options.signal === undefined ? late : AbortSignal.any([late, options.signal]);
  let url = new URL(address);
  const { host } = url;
  for (let i = 0; i <= MAX_REDIRECTS; i++) {
    const { headers = {} } = url.host === host ? options : withoutKeys(options);
    const answer = await fetch(url, { redirect: "manual", signal, headers });
    const next = answer.headers.get("location");
    if (answer.status < 300 || answer.status >= 400 || next === null) return answer;
    await answer.body?.cancel();
    const target = URL.parse(next, url.href);
    const reason = await whyNot(url, target);
    if (target === null || reason !== null)
      throw new Fault("bad_input", `The address redirects to ${next.slice(0, 200)}, ${reason ?? "which is none"}`, {
        at: address,
        fix: "Name the address that holds the feed",
      });
    url = target;
  }
  throw new Fault("unavailable", `The address redirects more than ${MAX_REDIRECTS} times`, { at: address });
};

async function whyNot(from: URL, to: URL | null): Promise<string | null> {
  if (to === null) return "which is no address";
  if (!/^https?:$/.test(to.protocol)) return "which is no http or https address";
  if (from.protocol === "https:" && to.protocol === "http:") return "which is no longer https";
  if (from.host === to.host || !(await isPublic(from)) || (await isPublic(to))) return null;
  return "which is not on the public internet";
}

async function isPublic({ hostname }: URL): Promise<boolean> {
  const found = await lookup(hostname.replace(/^\[(.*)\]$/, "$1"), { all: true }).catch(() => []);
  return found.length > 0 && found.every(({ address }) => isPublicAddress(address));
}
