import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import { OpenAPIHandler } from "@orpc/openapi/fastify";
import { implement } from "@orpc/server";
import Fastify from "fastify";
import type { Device, Release } from "../src/features/devices/schema.ts";
import { SecurityFile } from "../src/features/security-file/schema.ts";
import { contract } from "../src/web/api/contract.ts";

const WEB = join(import.meta.dirname, "../dist/web");
const AT = "2026-03-04T09:00:00.000Z";
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
export const DEVICE = id(3);
const RELEASE = { id: id(4), version: "1.0", phase: "design" as const };

/** A device of many elements in zones, each with interfaces, and flows mostly between neighbours. */
export function largeFile(elements: number): SecurityFile {
  const zones = Math.ceil(elements / 20);
  const kinds = ["process", "store", "hardware", "external-system", "user"] as const;
  return SecurityFile.parse({
    cordon: "security-file/1",
    zones: Array.from({ length: zones }, (_, n) => ({ id: `z${n}`, name: `Zone ${n}`, trust: (n * 7) % 100 })),
    elements: Array.from({ length: elements }, (_, n) => ({
      ...{ id: `e${n}`, name: `Element number ${n}`, kind: kinds[n % 5], zone: `z${Math.floor(n / 20)}` },
      technology: "C++ on embedded Linux",
    })),
    ports: Array.from({ length: elements }, (_, n) => ({
      ...{ id: `p${n}`, name: `Interface ${n}`, element: `e${n}`, kind: n % 3 === 0 ? "wireless" : "wired" },
      exposed: n % 4 === 0,
    })),
    flows: Array.from({ length: Math.floor(elements * 1.3) }, (_, n) => {
      const from = n % elements;
      const to = n < elements ? (from + 1 + (n % 3)) % elements : (from * 7 + 31) % elements;
      return {
        ...{ id: `f${n}`, name: `Flow ${n}`, from: `e${from}`, to: `e${to}`, toPort: `p${to}` },
        ...{ carries: n % 4 === 0 ? ["command"] : ["data"], path: { protocol: "MQTT", encrypted: n % 2 === 0 } },
      };
    }).filter(({ from, to }) => from !== to),
  });
}

/** The built pages and just enough of a server for one device's design. */
export async function canvasServer(file: SecurityFile) {
  let revision = 1;
  const os = implement(contract);
  const brief = { ...RELEASE, phaseSince: "2026-01-05", endOfSupportOn: null, sbomId: null };
  const device: Device = {
    ...{ id: DEVICE, name: "Large device", model: "", manufacturer: "", ownerTeam: "", functions: [], release: brief },
    ...{ releases: 1, units: 0, components: null, counts: null, sentence: [], trend: [], updatedAt: AT },
    ...{ intendedUse: "", revision: 1, releaseList: [brief] },
  };
  const release: Release = {
    ...{ ...brief, deviceId: DEVICE, notes: "", revision: 1, phases: [], interfaces: [], units: 0, components: null },
    ...{ counts: null, assessedAt: null, sentence: [], trend: [] },
    ...{ networkPosition: null, dataHeld: null, patientRecords: null },
  };
  const router = {
    people: {
      me: os.people.me.handler(() => ({
        ...{
          userId: id(1),
          name: "Pat Example",
          email: "pat@example.org",
          organization: { id: id(2), name: "Example" },
        },
        ...{ roles: ["product-security" as const], mustSecure: false },
        actions: ["device:read" as const, "security-file:read" as const, "security-file:write" as const],
      })),
    },
    devices: {
      get: os.devices.get.handler(() => device),
      release: os.devices.release.handler(() => release),
    },
    securityFile: {
      get: os.securityFile.get.handler(() => ({
        ...{ file, revision, revisions: {}, headRevision: 0, changedAt: null, changedBy: null },
      })),
      change: os.securityFile.change.handler(() => ({ revision: ++revision, revisions: {} })),
      check: os.securityFile.check.handler(() => ({ problems: [] })),
    },
  };
  const app = Fastify();
  const page = readFileSync(join(WEB, "index.html"), "utf8");
  await app.register(fastifyStatic, { root: join(WEB, "assets"), prefix: "/assets/" });
  const handler = new OpenAPIHandler(router);
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
    scope.all("/api/*", async (request, reply) => {
      const { matched } = await handler.handle(request, reply, { prefix: "/api", context: {} });
      if (!matched) await reply.status(404).send({ code: "not_found", message: "not part of this measurement" });
    });
  });
  app.get("/*", (_, reply) =>
    reply.type("text/html").send(page.replaceAll("__CSP_NONCE__", randomBytes(16).toString("base64"))),
  );
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  return { url, close: () => app.close() };
}
