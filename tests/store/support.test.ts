import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newDevice, type ProgramServer, programServer } from "./program-server.ts";

let server: ProgramServer;
let releaseId: string;

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const soon = inDays(100);

const page = (name: string, cycles: readonly [cycle: string, eol: string][]) => `---
title: ${name}
permalink: /${name}
identifiers:
  - purl: pkg:npm/${name}
releases:
${cycles.map(([cycle, eol]) => `  - releaseCycle: "${cycle}"\n    releaseDate: 2020-01-02\n    eol: ${eol}\n    latest: "${cycle}.9"`).join("\n")}
---
`;
const part = (name: string, version: string) => ({
  type: "library",
  name,
  version,
  purl: `pkg:npm/${name}@${version}`,
});
const sbom = JSON.stringify({
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  components: [part("react", "16.1.0"), part("react", "18.1.0"), part("express", "4.1.0"), part("left-pad", "1.0.0")],
});

beforeAll(async () => {
  server = await programServer();
  const folder = join(server.folder, "eol");
  mkdirSync(folder);
  writeFileSync(
    join(folder, "react.md"),
    page("react", [
      ["18", soon],
      ["16", "2021-01-31"],
    ]),
  );
  writeFileSync(join(folder, "express.md"), page("express", [["4", "false"]]));
  await server.ask("POST", "/intel/sources", { name: "Ends", location: folder });
  await server.ask("POST", "/intel/runs");
  await server.settled();
  releaseId = (await newDevice(server)).releaseId;
});
afterAll(() => server.close());

test("each part says how long it is supported and how that is known; the release sums it up, and today lists what ends", async () => {
  expect((await server.ask("GET", `/releases/${releaseId}/support`)).body).toMatchObject({
    lookedAtOn: null,
    ends: [],
  });
  await server.upload(releaseId, sbom);
  await server.settled();
  const { body } = await server.ask("GET", `/releases/${releaseId}/support`);
  expect(body).toMatchObject({
    lookedAtOn: inDays(0),
    counts: { ended: 1, unmaintained: 0, limited: 0, soon: 1, longer: 1, unknown: 1 },
    next: { on: soon, name: "react 18.1.0" },
    ends: [
      { on: "2021-01-31", count: 1 },
      { on: soon, count: 1 },
    ],
    open: 1,
  });
  const { body: parts } = await server.ask("GET", `/releases/${releaseId}/parts?sort=support`);
  expect(parts.items.map((p: { name: string; version: string }) => `${p.name} ${p.version}`)).toEqual([
    "react 16.1.0",
    "react 18.1.0",
    "express 4.1.0",
    "left-pad 1.0.0",
  ]);
  expect(parts.items[0].support).toMatchObject({
    level: "ended",
    endsOn: "2021-01-31",
    cycle: "16",
    latest: "16.9",
    because: { source: "endoflife.date", record: "react" },
  });
  expect(parts.items[3].support).toMatchObject({ level: "unknown", because: { said: expect.any(String) } });
  const { body: today } = await server.ask("GET", "/today");
  expect(today.partsEnding).toMatchObject([
    { release: { id: releaseId }, counts: { soon: 1, ended: 1 }, next: { on: soon } },
  ]);
});

test.each([
  ["ended", ["react 16.1.0"]],
  ["soon", ["react 18.1.0"]],
  ["longer", ["express 4.1.0"]],
  ["unknown", ["left-pad 1.0.0"]],
  ["unmaintained", []],
])("parts are filtered by their support: %s", async (bucket, names) => {
  const { body } = await server.ask("GET", `/releases/${releaseId}/parts?support=${bucket}`);
  expect(body.items.map((p: { name: string; version: string }) => `${p.name} ${p.version}`)).toEqual(names);
  expect(body.total.count).toBe(names.length);
});
