import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import * as z from "zod";
import { Fault } from "../../../lib/fault.ts";
import { acrossOrganizations, type Db, inScope, type Scope, type Trx } from "../../../platform/db.ts";
import { findPublisher, listedRevisions, providersOn, servedRevision } from "../store.ts";
import { FEED, WELL_KNOWN } from "./addresses.ts";
import { changesCsv, hashFile, indexText, newest, rolieFeed, rolieService } from "./listing.ts";
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
  provider: z.string().max(40).optional(),
  year: z.coerce.number().int().optional(),
  file: z.string().max(300).optional(),
});
type Asked = z.infer<typeof Params>;

/**
 * The CSAF provider: files for everybody, without an account (CSAF 2.0, 7.1). Each organisation that turned it on has its own path; the
 * first one also answers at the server's well-known address. What is not there, not for everybody or not turned on is one and the same 404.
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
        const asked = Params.safeParse(request.params).data ?? {};
        const scope = await scopeOf(db, asked.provider);
        const file = scope === undefined ? undefined : await inScope(db, scope, (trx) => find(trx, scope, asked));
        if (file === undefined) throw new Fault("not_found", "There is nothing at this address");
        return send(request, reply, file);
      },
    );
  const metadata = async (trx: Trx, scope: Scope): Promise<File | undefined> => {
    const publisher = await findPublisher(trx, scope);
    if (publisher === undefined || publisher.keyFingerprint === null) return undefined;
    const updatedAt = newest(publisher.updatedAt, await listedRevisions(trx, scope));
    return json(
      providerMetadata({ publisher, fingerprint: publisher.keyFingerprint, updatedAt, base: publicUrl }),
      updatedAt,
    );
  };
  const list = async (trx: Trx, scope: Scope, { file }: Asked): Promise<File | undefined> => {
    const publisher = await findPublisher(trx, scope);
    if (publisher === undefined) return undefined;
    const listed = await listedRevisions(trx, scope);
    const { name, path, updatedAt } = publisher;
    const changedAt = newest(updatedAt, listed);
    const provider = { base: publicUrl, path, name, updatedAt };
    if (file === FEED) return json(rolieFeed(provider, listed), changedAt);
    if (file === "service.json") return json(rolieService(provider), changedAt);
    if (file === "index.txt") return text(indexText(listed), TEXT_TYPE, changedAt);
    if (file === "changes.csv") return text(changesCsv(listed), "text/csv; charset=utf-8", changedAt);
    return undefined;
  };
  serve(WELL_KNOWN, metadata);
  serve("/csaf/:provider/provider-metadata.json", metadata);
  serve("/csaf/:provider/openpgp/:file", async (trx, scope, { file }) => {
    const publisher = await findPublisher(trx, scope);
    if (!publisher?.keyPublic || file !== `${publisher.keyFingerprint}.asc`) return undefined;
    return text(publisher.keyPublic, "application/pgp-keys", publisher.updatedAt, DOCUMENTS_SECONDS);
  });
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
}

/** Whose files they are; without a path, those of the first provider of the server. */
async function scopeOf(db: Db, path: string | undefined): Promise<Scope | undefined> {
  const all = await acrossOrganizations(db, providersOn);
  const found = path === undefined ? all[0] : all.find((one) => one.path === path);
  if (found === undefined) return undefined;
  return { organizationId: found.organizationId, actor: { kind: "system", id: "subscriber", name: "A subscriber" } };
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
