import { request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { isIP } from "node:net";
import { Fault } from "../../lib/fault.ts";
import { isPublicAddress, privateAddress, publicOnly } from "./public-fetch.ts";

export interface Posted {
  status: number;
}

/** Sends a body to an address. Never follows a redirect, never reads more of the answer than its status. */
export type Post = (url: string, headers: Readonly<Record<string, string>>, body: string) => Promise<Posted>;

const TIMEOUT_MS = 15_000;

/** Fault `bad_input` when this installation would never call the address: not https, or written as an address of a private network. */
export function refuseAddress(address: string, trustedHosts: readonly string[]): { trusted: boolean } {
  const url = new URL(address);
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
  if (trustedHosts.includes(`${url.hostname}:${port}`)) return { trusted: true };
  if (url.protocol !== "https:")
    throw new Fault("bad_input", "Only https addresses are called", {
      at: "/url",
      fix: `Use https; an operator can open a host of the own network with notices.webhookHosts: [${url.hostname}:${port}]`,
    });
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw privateAddress(host);
  return { trusted: false };
}

/**
 * Posts over https to the public internet only: the address is checked when the connection is made. `trustedHosts` (`name:port`) are
 * those the operator of this installation opened by name, on the own network and over http too.
 */
export const publicPost =
  (trustedHosts: readonly string[]): Post =>
  async (address, headers, body) => {
    const { trusted } = refuseAddress(address, trustedHosts);
    const url = new URL(address);
    return new Promise((resolve, reject) => {
      const send = url.protocol === "https:" ? overHttps : overHttp;
      const options = { method: "POST", headers: { ...headers, "content-length": String(Buffer.byteLength(body)) } };
      const asked = send(url, { ...options, ...(trusted ? {} : { lookup: publicOnly }) }, (answer) => {
        resolve({ status: answer.statusCode ?? 502 });
        answer.destroy();
      });
      const late = setTimeout(() => asked.destroy(silent(url)), TIMEOUT_MS);
      asked.on("close", () => clearTimeout(late));
      asked.on("error", (error) =>
        reject(error instanceof Fault ? error : new Fault("unavailable", error.message, { at: url.origin })),
      );
      asked.end(body);
    });
  };

const silent = ({ origin }: URL) => new Fault("unavailable", "The address does not answer", { at: origin });
