import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { advisory, affectedItem, interval } from "../src/features/intel/rank-index/sample-intel.ts";
import { intelFiles } from "../src/flows/intel-index.ts";

const folder = mkdtempSync(join(tmpdir(), "cordon-index-"));
const files = intelFiles(folder);
afterAll(() => {
  files.close();
  rmSync(folder, { recursive: true, force: true });
});

async function built(organizationId: string, ...names: string[]): Promise<string> {
  async function* records() {
    for (const name of names)
      yield advisory(`GHSA-${name}`, [
        affectedItem({ package: { ecosystem: "npm", name }, scheme: "semver", intervals: [interval("0", "9.0.0")] }),
      ]);
  }
  return (await files.build(organizationId, records(), new Date())).sha256;
}

test("an index is read to the end by whoever compares with it, however many others are opened meanwhile", async () => {
  const own = files.open("first", await built("first", "left-pad"));
  for (const other of ["a", "b", "c", "d", "e"]) files.open(other, await built(other, other));
  expect(own.lookup.head(0).id).toBe("GHSA-left-pad");
});

test("the one that takes an index's place leaves it to whoever compares with it", async () => {
  const old = files.open("second", await built("second", "left-pad"));
  const sha256 = await built("second", "axios");
  const now = files.open("second", sha256);
  await files.keepOnly("second", sha256);
  expect([old.lookup.head(0).id, now.lookup.head(0).id]).toEqual(["GHSA-left-pad", "GHSA-axios"]);
});
