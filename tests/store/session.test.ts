import { createHash } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { destination } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { firstAdministratorLink } from "../../src/features/people/people.ts";
import { ensureOrganization } from "../../src/main/first-organization.ts";
import { type Server, startServer } from "../../src/main/server.ts";
import { readConfig } from "../../src/platform/config/config.ts";
import { type Installation, openInstallation } from "../../src/platform/installation.ts";
import { createLog } from "../../src/platform/log.ts";
import { Browser, freePort, tokenOf } from "./people-server.ts";

const folder = mkdtempSync(join(tmpdir(), "cordon-session-"));
chmodSync(folder, 0o711);
const logFile = join(folder, "cordon.log");
let installation: Installation;
let server: Server;
let token = "";

beforeAll(async () => {
  const config = readConfig({ CORDON_DATA: folder, CORDON_PORT: String(await freePort()), CORDON_LOG_LEVEL: "debug" });
  const log = createLog(config.log.level, destination({ dest: logFile, sync: true }));
  installation = await openInstallation(config, log);
  const { organizationId } = await ensureOrganization(installation.db);
  server = await startServer(config, installation, log, 500);
  token = tokenOf((await firstAdministratorLink(server.people, organizationId)) ?? "");
});
afterAll(async () => {
  await installation.close();
  rmSync(folder, { recursive: true, force: true });
});

const PASSWORD = "a-Password-nobody-may-read";
const EMAIL = "ada.sample@clinic.test";
const COMPONENT = "unmistakable-component-name";
const PATIENT = "Doe^Jane^19700101";
const SBOM = JSON.stringify({
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  version: 1,
  components: [{ type: "library", name: COMPONENT, version: "1.2.3", purl: `pkg:npm/${COMPONENT}@1.2.3` }],
});

test("the logs of a whole session hold no password, link, cookie, key, address, name, nor a word of what was sent", async () => {
  const ada = new Browser(server);
  const ok = async (answer: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await answer;
    expect(status, JSON.stringify(body)).toBeLessThan(300);
    // biome-ignore lint/suspicious/noExplicitAny: answers of every form
    return body as any;
  };
  await ok(ada.post("/api/links/use", { token, name: "Ada Sample", email: EMAIL, password: PASSWORD }));
  const cookies = [...ada.cookies.values()];
  const made = await ok(ada.post("/api/keys", { name: "pipeline", scopes: ["sbom:upload", "device:read"], days: 7 }));
  const secret = Object.values(made).find((value) => typeof value === "string" && value.startsWith("cordon_"));
  const device = await ok(
    ada.post("/api/devices", {
      name: `Pump of ${PATIENT}`,
      functions: [{ kind: "therapy", name: "infusion", harm: "serious" }],
    }),
  );
  const release = await ok(
    ada.post(`/api/devices/${device.id}/releases`, { version: "1.0", phase: "deployment", since: "2026-01-05" }),
  );
  await ok(ada.upload(`/api/releases/${release.id}/sbom`, SBOM));
  await ada.upload(`/api/releases/${release.id}/sbom`, SBOM.slice(0, -20));
  const refused = [
    await ada.signIn(EMAIL, `${PASSWORD}!`),
    await ada.get(`/api/devices/${encodeURIComponent(PATIENT)}?token=${token}`),
    await ada.post("/api/devices", { name: 7, [PATIENT]: COMPONENT }),
    await ada.post(`/api/findings/${device.id}/decision`, {
      revision: 1,
      decision: { state: "accepted", note: PATIENT },
    }),
    await ada.send("GET", "/api/devices", undefined, { cookie: "", authorization: `Bearer ${String(secret)}x` }),
    await ada.get(`/${COMPONENT}.js?${PATIENT}`),
  ];
  expect(refused.map(({ status }) => status).filter((status) => status < 400)).toEqual([]);
  await ada.post("/api/auth/sign-out");

  const logs = [readFileSync(logFile, "utf8"), readFileSync(join(folder, "postgres/server.log"), "utf8")].join("\n");
  expect(logs.split("\n").length).toBeGreaterThan(12);
  const sensitive = [PASSWORD, token, ...cookies, String(secret), EMAIL, "Ada Sample", COMPONENT, PATIENT, "Doe"];
  expect(cookies.length).toBeGreaterThan(0);
  expect(String(secret).length).toBeGreaterThan(20);
  const written = sensitive.flatMap((text) => [
    text,
    encodeURIComponent(text),
    createHash("sha256").update(text).digest("hex"),
  ]);
  expect(written.filter((text) => logs.includes(text))).toEqual([]);
  expect(readdirSync(folder).filter((name) => name.endsWith(".log"))).toEqual(["cordon.log"]);
});

test("a server that is stopped waits for running requests up to a deadline, not for ever", async () => {
  const { port } = new URL(server.url);
  const hanging = connect(Number(port), "127.0.0.1");
  hanging.write(
    `POST /api/links/read HTTP/1.1\r\nhost: localhost:${port}\r\norigin: ${server.url}\r\ncontent-type: application/json\r\ncontent-length: 900\r\nexpect: 100-continue\r\n\r\n`,
  );
  const closed = new Promise((resolve) => hanging.once("close", resolve));
  hanging.on("error", () => {});
  const begun = await new Promise((resolve) => hanging.once("data", resolve));
  expect(String(begun)).toContain("100 Continue");
  const startedAt = Date.now();
  await server.stop();
  await closed;
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(450);
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
});
