import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ensureOrganization } from "../../src/main/first-organization.ts";
import { readConfig } from "../../src/platform/config/config.ts";
import { inSnapshot } from "../../src/platform/db.ts";
import { openInstallation } from "../../src/platform/installation.ts";
import { exportLedger } from "../../src/platform/ledger/export.ts";
import { readSigningKeys } from "../../src/platform/ledger/keys.ts";
import { ledgerVerifier } from "../../src/platform/ledger/verify.ts";
import { SILENT } from "../../src/platform/log.ts";
import { servesCluster } from "../../src/platform/postgres/postmaster.ts";

const folder = mkdtempSync(join(tmpdir(), "cordon-durability-"));
chmodSync(folder, 0o711);
const environment = { CORDON_DATA: folder };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const postmaster = () => Number(readFileSync(join(folder, "postgres/cluster/postmaster.pid"), "utf8").split("\n")[0]);

/** Lets a writer work until it has acknowledged some entries, and answers the last one. */
const writeUntil = (writer: ChildProcess, count: number): Promise<number> =>
  new Promise((resolve, reject) => {
    let text = "";
    writer.once("exit", () => reject(new Error("the writer ended")));
    writer.stdout?.on("data", (chunk) => {
      text += String(chunk);
      const acknowledged = text.split("\n").slice(0, -1).map(Number);
      if (acknowledged.length >= count) resolve(acknowledged.at(-1) ?? 0);
    });
  });

test("kill -9 of Cordon, and of its database too, loses nothing acknowledged, and the next start needs no help", async () => {
  let acknowledged = 0;
  for (const killDatabase of [false, true, false, true]) {
    const writer = spawn(process.execPath, [join(import.meta.dirname, "durability-writer.ts")], {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise((resolve) => writer.once("exit", resolve));
    const last = await writeUntil(writer, 30);
    expect(last).toBeGreaterThan(acknowledged);
    acknowledged = last;
    if (killDatabase) process.kill(postmaster(), "SIGKILL");
    writer.kill("SIGKILL");
    await ended;
  }
  const config = readConfig(environment);
  const installation = await openInstallation(config, SILENT);
  const pid = postmaster();
  const scope = await ensureOrganization(installation.db);
  const verifier = ledgerVerifier(null);
  await inSnapshot(installation.db, scope, (trx) =>
    exportLedger(trx, scope, readSigningKeys(config.secretsFolder), (line) => verifier.line(line)),
  );
  await installation.close();
  const { bad, entries } = verifier.end();
  expect(bad).toBeNull();
  expect(entries).toBeGreaterThanOrEqual(acknowledged);
  expect(servesCluster(pid, join(folder, "postgres/cluster"))).toBe(false);
});
