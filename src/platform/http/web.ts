import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import * as z from "zod";
import { Fault } from "../../lib/fault.ts";
import { styleNonce } from "./security.ts";

const PLACEHOLDER = "__CSP_NONCE__";

/** The pages: hashed assets for ever, and one document for every address that is not a file, with this answer's nonce. */
export async function serveWeb(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, "index.html"))) return;
  const template = await readFile(join(folder, "index.html"), "utf8");
  if (!template.includes(PLACEHOLDER)) throw new Error(`${folder}/index.html has no ${PLACEHOLDER}`);
  await app.register(fastifyStatic, {
    root: join(folder, "assets"),
    serve: false,
    immutable: true,
    maxAge: "1y",
    preCompressed: true,
  });
  app.get("/assets/*", { config: { can: "public" } }, (request, reply) => {
    const { "*": name } = z.object({ "*": z.string() }).parse(request.params);
    return reply.sendFile(name);
  });
  const page = (_: FastifyRequest, reply: FastifyReply) =>
    reply
      .header("cache-control", "no-store")
      .type("text/html; charset=utf-8")
      .send(template.replaceAll(PLACEHOLDER, styleNonce(reply.raw)));
  app.get("/", { config: { can: "public" } }, page);
  app.get("/*", { config: { can: "public" } }, (request, reply) => {
    if (request.url.startsWith("/api") || /\.[a-z0-9]+$/i.test(request.url.split("?")[0] ?? ""))
      throw new Fault("not_found", "There is nothing at this address");
    return page(request, reply);
  });
}
