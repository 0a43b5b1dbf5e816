import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import * as z from "zod";
import { Fault } from "../../../lib/fault.ts";
import { acrossOrganizations, type Db, inScope, type Scope, type Trx } from "../../../platform/db.ts";
import {
  findKey,
  findPublisher,
  listChangedAt,
  listedRevisions,
  providerAt,
  providersOn,
  servedRevision,
} from "../store.ts";
import { addressesOf, FEED, WELL_KNOWN } from "./addresses.ts";
import { changesCsv, directoryPage, hashFile, indexText, rolieFeed, rolieService } from "./listing.ts";
import { providerMetadata } from "./metadata.ts";

export interface ProviderOptions {
  db: Db;
  /** The server's public address. */
  publicUrl: string;
  requestsPerMinute?: number;
}

interface File {
  type: string;
  text: string;
  changedAt: Date;
  /** How long it may be taken from a cache without asking. */
  maxAgeSeconds: number;
}

const JSON_TYPE = "application/json; charset=utf-8";
const TEXT_TYPE = "text/plain; charset=utf-8";
const LISTS_SECONDS = 60;
const DOCUMENTS_SECONDS = 300;
const Params = z.object({
  provider: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .optional(),
  year: z.coerce.number().int().optional(),
  file: z
    .string()
    .regex(/^[\w+.-]{1,300}$/)
    .optional(),
});
type Asked = z.infer<typeof Params>;

/**
 * The CSAF provider: files for everybody, without an account (CSAF 2.0, 7.1). Each organisation that turned it on has its own path; the
 * first one also answers at the server's well-known address. What is not there, not for everybody or not turned on is one and the same 404.
 * A path the organisation had before leads on to the one it has.
 */
export function addProviderRoutes(
  app: FastifyInstance,
  { db, publicUrl, requestsPerMinute = 600 }: ProviderOptions,
): void {
  const serve = (url: string, find: (trx: Trx, scope: Scope, asked: Asked) => Promise<File | undefined>) =>
    app.get(
      url,
      { config: { can: "public", rateLimit: { max: requestsPerMinute, timeWindow: 60_000 } } },
      async (request, reply) => {
        const asked = Params.safeParse(request.params).data;
        const provider = asked && (await providerOf(db, asked.provider));
        if (asked === undefined || provider === undefined) throw nothing();
        const { scope, path } = provider;
        if (asked.provider !== undefined && path !== asked.provider)
          return reply.redirect(addressesOf(publicUrl, path).root + afterPath(request.url), 301);
        const file = await inScope(db, scope, (trx) => find(trx, scope, asked));
        if (file === undefined) throw nothing();
        return send(request, reply, file);
      },
    );
  const metadata = async (trx: Trx, scope: Scope): Promise<File | undefined> => {
    const publisher = await findPublisher(trx, scope);
    if (publisher === undefined || publisher.keyFingerprint === null) return undefined;
    const updatedAt = await changedAt(trx, scope, publisher);
    const signedWith = (await listedRevisions(trx, scope)).map(({ keyFingerprint }) => keyFingerprint);
    const fingerprints = [...new Set([publisher.keyFingerprint, ...signedWith])];
    return json(providerMetadata({ publisher, fingerprints, updatedAt, base: publicUrl }), updatedAt);
  };
  const directory = async (trx: Trx, scope: Scope) => {
    const publisher = await findPublisher(trx, scope);
    if (publisher === undefined) return undefined;
    const { name, path } = publisher;
    const provider = { base: publicUrl, path, name, changedAt: await changedAt(trx, scope, publisher) };
    return { provider, listed: await listedRevisions(trx, scope) };
  };
  const list = async (trx: Trx, scope: Scope, { file }: Asked): Promise<File | undefined> => {
    const found = await directory(trx, scope);
    if (found === undefined) return undefined;
    const { provider, listed } = found;
    if (file === FEED) return json(rolieFeed(provider, listed), provider.changedAt);
    if (file === "service.json") return json(rolieService(provider), provider.changedAt);
    if (file === "index.txt") return text(indexText(listed), TEXT_TYPE, provider.changedAt);
    if (file === "changes.csv") return text(changesCsv(listed), "text/csv; charset=utf-8", provider.changedAt);
    return undefined;
  };
  const folder = async (trx: Trx, scope: Scope, { year }: Asked): Promise<File | undefined> => {
    const found = await directory(trx, scope);
    if (found === undefined) return undefined;
    const { provider, listed } = found;
    if (year !== undefined && !listed.some((one) => one.year === year)) return undefined;
    return text(directoryPage(provider, listed, year ?? null), "text/html; charset=utf-8", provider.changedAt);
  };
  serve(WELL_KNOWN, metadata);
  serve("/csaf/:provider/provider-metadata.json", metadata);
  serve("/csaf/:provider/openpgp/:file", async (trx, scope, { file }) => {
    const publisher = await findPublisher(trx, scope);
    const key = await findKey(trx, scope, /^([0-9A-F]+)\.asc$/.exec(file ?? "")?.[1] ?? "");
    if (publisher === undefined || key === undefined) return undefined;
    return text(key.publicKey, "application/pgp-keys", publisher.updatedAt, DOCUMENTS_SECONDS);
  });
  serve("/csaf/:provider/white/", folder);
  serve("/csaf/:provider/white/:year/", folder);
  serve("/csaf/:provider/white/:file", list);
  serve("/csaf/:provider/white/:year/:file", async (trx, scope, { year, file }) => {
    const [, name, ending] = /^(.+\.json)(\.sha256|\.sha512|\.asc)?$/.exec(file ?? "") ?? [];
    if (name === undefined || year === undefined) return undefined;
    const found = await servedRevision(trx, scope, year, name);
    if (found === undefined) return undefined;
    const as = (body: string, type: string) => text(body, type, found.publishedAt, DOCUMENTS_SECONDS);
    if (ending === ".sha256") return as(hashFile(found.sha256, name), TEXT_TYPE);
    if (ending === ".sha512") return as(hashFile(found.sha512, name), TEXT_TYPE);
    if (ending === ".asc") return as(found.signature, "application/pgp-signature");
    return as(found.document, JSON_TYPE);
  });
  // Nothing below answers with the pages of the application: a tool that tries addresses would take them for what it looks for.
  app.get("/csaf/*", { config: { can: "public" } }, () => {
    throw nothing();
  });
}

const nothing = () => new Fault("not_found", "There is nothing at this address");

/** What of `/csaf/<path>/white/…` comes after the path. */
const afterPath = (url: string): string => url.replace(/^\/csaf\/[^/]*/, "");

/** Whose files they are, and at which path they are today; without a path, those of the first provider of the server. */
async function providerOf(db: Db, asked: string | undefined): Promise<{ scope: Scope; path: string } | undefined> {
  const found = await acrossOrganizations(db, async (trx) =>
    asked === undefined ? (await providersOn(trx))[0] : providerAt(trx, asked),
  );
  if (found === undefined) return undefined;
  const { organizationId, path } = found;
  return { scope: { organizationId, actor: { kind: "system", id: "subscriber", name: "A subscriber" } }, path };
}

/** When the metadata and the lists last changed. */
async function changedAt(trx: Trx, scope: Scope, { updatedAt }: { updatedAt: Date }): Promise<Date> {
  return new Date(Math.max(updatedAt.getTime(), (await listChangedAt(trx, scope))?.getTime() ?? 0));
}

const text = (body: string, type: string, changedAt: Date, maxAgeSeconds = LISTS_SECONDS): File => ({
  type,
  text: body,
  changedAt,
  maxAgeSeconds,
});
const json = (value: object, changedAt: Date) => text(`${JSON.stringify(value, null, 2)}\n`, JSON_TYPE, changedAt);

function send(request: FastifyRequest, reply: FastifyReply, file: File) {
  const bytes = Buffer.from(file.text, "utf8");
  const tag = `"${createHash("sha256").update(bytes).digest("base64url")}"`;
  reply.headers({
    etag: tag,
    "last-modified": file.changedAt.toUTCString(),
    "cache-control": `public, max-age=${file.maxAgeSeconds}, must-revalidate`,
    // Nothing here is anybody's: a page of a hospital's may read it too.
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  });
  if (unchanged(request, tag, file.changedAt)) return reply.status(304).send();
  return reply.type(file.type).send(bytes);
}

/** RFC 9110, 13.2.2: the tag decides where one is given. */
function unchanged(request: FastifyRequest, tag: string, changedAt: Date): boolean {
  const seen = request.headers["if-none-match"];
  if (seen !== undefined)
    return seen.split(",").some((one) => one.trim() === "*" || one.trim().replace(/^W\//, "") === tag);
  const since = Date.parse(request.headers["if-modified-since"] ?? "");
  return since >= Math.floor(changedAt.getTime() / 1000) * 1000;
}
