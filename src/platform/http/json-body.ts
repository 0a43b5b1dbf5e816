import type { FastifyInstance } from "fastify";
import { parseJson } from "../../lib/json.ts";

/** Bodies are JSON, bounded by `bodyLimit`, without repeated keys, at most this deep. Every other content type is refused (415). */
const MAX_DEPTH = 50;
const MAX_VALUES = 200_000;

export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, async (_: unknown, body: string) =>
    body === "" ? null : parseJson(body, { name: "body", maxDepth: MAX_DEPTH, maxValues: MAX_VALUES }),
  );
}
