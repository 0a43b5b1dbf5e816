import { createHash } from "node:crypto";

/** What is stored of a secret of 256 random bits: its SHA-256. Salt and stretching are for secrets that people choose. */
export const tokenHash = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

export const KEY_PREFIX = "cordon_";
/** How much of a key stays readable, to recognise it by: 24 of its 256 bits. */
export const KEY_START = KEY_PREFIX.length + 4;
const KEY = /^cordon_[A-Za-z0-9_-]{43}$/;

/** The API key of a request: `Authorization: Bearer cordon_…` or `x-api-key`. Null: none was sent. "" when what was sent is no key of ours. */
export function keyOf(headers: Headers): string | null {
  const authorization = headers.get("authorization");
  const sent = headers.get("x-api-key") ?? (authorization === null ? null : bearer(authorization));
  if (sent === null) return null;
  return KEY.test(sent) ? sent : "";
}

const bearer = (authorization: string) => /^Bearer ([^\s]{1,200})$/i.exec(authorization)?.[1] ?? "";
