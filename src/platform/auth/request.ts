import type { FastifyRequest } from "fastify";
import type { AuthEndpoint } from "./endpoints.ts";
import type { Tried } from "./lock-out.ts";
import { ADDRESS_HEADER } from "./options.ts";

/** A refusal in better-auth's own form, which its client understands. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Request headers that better-auth may see. Addresses and hosts that a caller claims are not among them. */
const PASSED = ["cookie", "origin", "user-agent", "accept", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest"];

/** The headers for better-auth, with the address that the server itself saw. */
export function passedHeaders(request: FastifyRequest): Headers {
  const headers = new Headers({ [ADDRESS_HEADER]: request.ip });
  for (const name of PASSED) {
    const value = request.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  if (request.method === "POST") headers.set("content-type", "application/json");
  return headers;
}

/** A page of another site may not make a browser sign in, out, or change an account. */
export function refuseForeign(baseUrl: string, headers: Headers): void {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  if ((origin !== null && origin !== baseUrl) || (site !== null && site !== "same-origin" && site !== "none"))
    throw new Refused(403, "not_allowed", `This request came from another site. Use ${baseUrl}`);
}

/** The fields that this endpoint takes, and those that are fixed. */
export function readBody(endpoint: AuthEndpoint, body: unknown): Record<string, unknown> {
  let parsed: unknown = {};
  try {
    if (typeof body === "string" && body.trim() !== "") parsed = JSON.parse(body);
  } catch {
    throw new Refused(400, "bad_input", "The body is not JSON");
  }
  if (parsed === null || typeof parsed !== "object" || Array.isArray(parsed))
    throw new Refused(400, "bad_input", "The body is not a JSON object");
  const given = new Map(Object.entries(parsed));
  const taken = endpoint.fields.filter((name) => given.has(name)).map((name) => [name, given.get(name)]);
  for (const [name, value] of taken) if (/callbackURL$/i.test(String(name))) refuseElsewhere(String(name), value);
  return { ...Object.fromEntries(taken), ...endpoint.fixed };
}

/** After signing in one goes to a page of ours, nowhere else: `//host` and `/\\host` would be another site to a browser. */
function refuseElsewhere(name: string, value: unknown): void {
  if (typeof value !== "string" || !/^\/(?![/\\])[^\\\p{Cc}]{0,500}$/u.test(value))
    throw new Refused(400, "bad_input", `${name} must be a path of this site, such as /today`);
}

/** Against whom a wrong secret counts: always the address, and the account when it is known. */
export function triesOf(
  endpoint: AuthEndpoint,
  body: Record<string, unknown> | null,
  signedIn: { email: string } | null,
  address: string,
): Tried[] {
  if (endpoint.tries === undefined) return [];
  const email = endpoint.tries === "email" ? body?.email : signedIn?.email;
  const byAddress: Tried = { kind: "address", who: address };
  return typeof email === "string" && email !== "" ? [{ kind: "account", who: email }, byAddress] : [byAddress];
}

/** The provider named in a call-back's path. */
export function providerOf({ params }: FastifyRequest): string | null {
  const id = params !== null && typeof params === "object" && "id" in params ? params.id : undefined;
  return typeof id === "string" ? id : null;
}
