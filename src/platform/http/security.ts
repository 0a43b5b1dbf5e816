import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import helmet from "@fastify/helmet";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Fault } from "../../lib/fault.ts";

const nonces = new WeakMap<object, string>();

/** The style nonce of this response: Mantine writes its style sheet with it. */
export function styleNonce(response: object): string {
  const found = nonces.get(response) ?? randomBytes(18).toString("base64");
  nonces.set(response, found);
  return found;
}

/** Strict headers on every answer; no inline script, no foreign origin, no frame. */
export async function addSecurityHeaders(app: FastifyInstance, secure: boolean): Promise<void> {
  const styleSource = (_: IncomingMessage, response: ServerResponse) => `'nonce-${styleNonce(response)}'`;
  await app.register(helmet, {
    global: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", styleSource],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: "no-referrer" },
    frameguard: { action: "deny" },
    crossOriginOpenerPolicy: { policy: "same-origin" },
    crossOriginResourcePolicy: { policy: "same-origin" },
  });
}

export interface Site {
  /** Names this server answers to, with port: a foreign name pointed at our address (DNS rebinding) is refused. */
  hosts: readonly string[];
  origins: readonly string[];
}

/** Where browsers may reach us: the public URL, and the loopback names of the port we listen on. */
export function siteOf(publicUrl: string, port: number | null): Site {
  const loopback = port === null ? [] : ["localhost", "127.0.0.1", "[::1]"].map((name) => `http://${name}:${port}`);
  const origins = [publicUrl, ...loopback].map((url) => new URL(url).origin);
  return { origins, hosts: origins.map((origin) => new URL(origin).host) };
}

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** Why a request is not from our own pages, or null. Only browsers send cookies, and they say where a request comes from. */
export function whyCrossSite(site: Site, method: string, headers: FastifyRequest["headers"]): string | null {
  if (!site.hosts.includes(headers.host ?? "")) return "This server does not answer to that name";
  if (SAFE.has(method)) return null;
  const from = headers["sec-fetch-site"];
  if (from !== undefined && from !== "same-origin" && from !== "none") return "The request comes from another site";
  if (headers.origin !== undefined)
    return site.origins.includes(headers.origin) ? null : "The request comes from another site";
  if (from === undefined && headers.cookie !== undefined) return "A request with a cookie must say where it comes from";
  return null;
}

/** Probes of an orchestrator come by address. */
const PROBES = new Set(["/healthz", "/readyz", "/metrics"]);

export function refuseCrossSite(app: FastifyInstance, publicUrl: string): void {
  let site: Site | null = null;
  const currentSite = () => {
    const address = app.server.address();
    if (typeof address !== "object" || address === null) return siteOf(publicUrl, null);
    site ??= siteOf(publicUrl, address.port);
    return site;
  };
  app.addHook("onRequest", async (request) => {
    if (PROBES.has(request.routeOptions.url ?? "")) return;
    const reason = whyCrossSite(currentSite(), request.method, request.headers);
    if (reason !== null)
      throw new Fault("not_allowed", reason, {
        at: "Origin, Sec-Fetch-Site or Host header",
        fix: "Open Cordon under its own address (http.publicUrl)",
      });
  });
}
