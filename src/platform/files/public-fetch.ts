import { lookup } from "node:dns";
import { get } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { Readable } from "node:stream";
import { Fault } from "../../lib/fault.ts";
import type { Fetch, FetchOptions } from "./fetch-input.ts";

/** Addresses that are not the public internet's (IANA special-purpose registries): a source must not make the server ask its neighbours. */
const PRIVATE = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  PRIVATE.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [
  ["::", 96],
  ["64:ff9b::", 96],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const)
  PRIVATE.addSubnet(net, bits, "ipv6");

/** True for an address of the public internet; an IPv4 one inside IPv6 counts as what it is. */
export function isPublicAddress(address: string): boolean {
  const inner = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const family = isIP(inner);
  if (family === 0 || /^::ffff:/i.test(inner)) return false;
  return !PRIVATE.check(inner, family === 4 ? "ipv4" : "ipv6");
}

const MAX_REDIRECTS = 5;
const IDLE_MS = 30_000;
/** Until the head of an answer is whole, however it trickles. */
const HEAD_MS = 60_000;

/**
 * Fetches over https from the public internet only: the address the name resolves to is checked when the connection is made, also
 * after redirects. Headers that may hold a key stay behind when a redirect leads to another host.
 */
export const publicFetch: Fetch = async (address, options = {}) => {
  let url = new URL(address);
  const { host } = url;
  for (let i = 0; i <= MAX_REDIRECTS; i++) {
    if (url.protocol !== "https:") throw new Fault("bad_input", "Only https addresses are fetched", { at: url.href });
    const answer = await request(url, url.host === host ? options : withoutKeys(options));
    const next = answer.headers.get("location");
    if (answer.status < 300 || answer.status >= 400 || next === null) return answer;
    await answer.body?.cancel();
    url = new URL(next, url);
  }
  throw new Fault("unavailable", `The address redirects more than ${MAX_REDIRECTS} times`, { at: address });
};

const KEEPS = /^(accept|accept-encoding|if-.*|range|user-agent)$/i;

/** What may be sent on to a host that the first one named. */
export const withoutKeys = ({ headers = {}, ...rest }: FetchOptions): FetchOptions => ({
  ...rest,
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => KEEPS.test(name))),
});

export const publicOnly: LookupFunction = (hostname, options, done) =>
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return done(error, "", 0);
    const found = addresses.filter(({ address }) => isPublicAddress(address));
    const [first] = found;
    if (first === undefined) return done(privateAddress(hostname), "", 0);
    return options.all === true ? done(null, found) : done(null, first.address, first.family);
  });

export const privateAddress = (host: string) =>
  new Fault("bad_input", "This address is not on the public internet", {
    at: host,
    fix: "Copy the feed into an open folder and name that",
  });

function request(url: URL, { headers: sent = {}, signal }: FetchOptions): Promise<Response> {
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (isIP(host) !== 0 && !isPublicAddress(host)) return Promise.reject(privateAddress(host));
  return new Promise((resolve, reject) => {
    const settings = {
      lookup: publicOnly,
      headers: { "user-agent": "cordon", ...sent },
      timeout: IDLE_MS,
      ...(signal === undefined ? {} : { signal }),
    };
    const asked = get(url, settings, (answer) => {
      const headers = Object.entries(answer.headers).flatMap(([name, value]) =>
        typeof value === "string" ? [[name, value] as [string, string]] : [],
      );
      clearTimeout(late);
      const status = answer.statusCode ?? 502;
      const body = status === 204 || status === 304 ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
      resolve(new Response(body, { status, headers }));
    });
    const silent = () => asked.destroy(new Fault("unavailable", "The address does not answer", { at: url.href }));
    const late = setTimeout(silent, HEAD_MS);
    asked.on("close", () => clearTimeout(late));
    asked.on("timeout", silent);
    asked.on("error", reject);
  });
}
