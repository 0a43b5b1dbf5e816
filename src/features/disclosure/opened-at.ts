import { createHmac, timingSafeEqual } from "node:crypto";

/** When a form was opened, signed, to be sent back with it: robots answer at once. */
export const signOpened = (salt: string, at: Date): string => `${at.getTime()}.${sign(salt, String(at.getTime()))}`;

/** Milliseconds between opening the form and sending it; null when the word is not ours. */
export function tookMs(salt: string, word: string, now: Date): number | null {
  const [at = "", signature = ""] = word.split(".");
  if (!/^\d{1,15}$/.test(at)) return null;
  const [given, right] = [Buffer.from(signature), Buffer.from(sign(salt, at))];
  return given.length === right.length && timingSafeEqual(given, right) ? now.getTime() - Number(at) : null;
}

/** An address as it is counted: nobody can read it back, and a day later it is gone. IPv6 by the network of one house (/64). */
export function addressBucket(salt: string, ip: string): string {
  return `from:${sign(salt, houseOf(ip))}`;
}

/** The address itself, or of IPv6 its first 64 bits written out; an IPv4 address in IPv6's clothes is that IPv4 address. */
export function houseOf(ip: string): string {
  const mapped = /(\d+\.\d+\.\d+\.\d+)$/.exec(ip)?.[1];
  if (mapped !== undefined || !ip.includes(":")) return mapped ?? ip;
  const [head = "", tail] = ip.split("%")[0]?.split("::") ?? [];
  const groups = (text: string) => text.split(":").filter((group) => group !== "");
  const [before, after] = [groups(head), groups(tail ?? "")];
  const zeros = Array.from(
    { length: tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length) },
    () => "0",
  );
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""))
    .join(":");
}

const sign = (salt: string, text: string): string => createHmac("sha256", salt).update(text).digest("base64url");
