import type { FastifyInstance } from "fastify";
import { bundleArrived } from "../../../flows/bundle-arrived.ts";
import type { SourceTools } from "../../../flows/visit-sources.ts";
import { Fault } from "../../../lib/fault.ts";
import type { Db } from "../../../platform/db.ts";
import type { DescribedRoute } from "../../../platform/http/openapi.ts";
import { readPublicKeys } from "../../../platform/loading/bundle-keys.ts";

/** The plain route of bundles, for the API's description. */
export const BUNDLE_ROUTES: readonly DescribedRoute[] = [
  {
    method: "post",
    path: "/intel/bundle",
    summary: "Take in a signed bundle of feeds (`cordon intel bundle`)",
    action: "intel:manage",
    accepts: "application/octet-stream",
    answers: "application/json",
  },
];

interface BundleOptions {
  db: Db;
  tools: SourceTools;
  /** Files of public keys whose bundles are taken. */
  keyFiles: readonly string[];
}

/** A bundle is streamed to disk as it comes; never through a JSON body. */
export async function addBundleRoute(app: FastifyInstance, { db, tools, keyFiles }: BundleOptions): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
    scope.post(
      "/api/intel/bundle",
      { config: { can: "intel:manage" }, bodyLimit: Math.floor(tools.maxKeptBytes) },
      async (request, reply) => {
        if (keyFiles.length === 0)
          throw new Fault("not_found", "No key is trusted to sign bundles of feeds here", {
            at: "intel.bundleKeyFiles",
            fix: "Have the administrator name the file of `cordon intel keys` in the configuration",
          });
        const trusted = keyFiles.map(readPublicKeys);
        return reply.status(202).send(await bundleArrived(db, request.scope, request.raw, tools, trusted, new Date()));
      },
    );
  });
}
