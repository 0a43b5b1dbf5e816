import { afterAll, beforeAll, expect, test } from "vitest";
import { type FeedServer, feedServer } from "../support/feed-server.ts";
import { type ProgramServer, programServer } from "./program-server.ts";

let feeds: FeedServer;
let server: ProgramServer;

beforeAll(async () => {
  feeds = await feedServer();
  const device = `${feeds.base}/device`;
  server = await programServer({ "openfda-recalls": device, "openfda-events": device });
});
afterAll(async () => {
  await server.close();
  await feeds.close();
});

const recall = (number: string, description: string, firm = "Northwind Infusion Inc") => ({
  ...{ product_res_number: number, cfres_id: "7", recalling_firm: firm, product_description: description },
  ...{
    reason_for_recall: "It may stop.",
    root_cause_description: "Software design",
    recall_status: "Open, Classified",
  },
  event_date_initiated: "2026-03-01",
});
const page = (results: object[]) => ({ meta: { results: { total: results.length } }, results });
const answer = (recalls: object[]) => {
  feeds.put("/device/recall.json", page(recalls));
  feeds.put("/device/enforcement.json", page([{ recall_number: "Z-1-2026", classification: "Class I" }]));
  feeds.put("/device/event.json", { meta: { last_updated: "2026-11-01" }, results: [{ time: "20260105", count: 4 }] });
};
const run = async () => {
  const { body } = await server.ask("POST", "/intel/runs");
  await server.settled();
  return (await server.ask("GET", `/intel/runs/${body.id}`)).body;
};
const ofDevice = async (id: string) => (await server.ask("GET", `/devices/${id}/fda`)).body;
const met = async (id: string) =>
  (await server.ask("GET", `/devices/${id}/history?limit=50`)).body.items.filter(
    ({ action }: { action: string }) => action === "device.recalls-listed",
  );

test("recalls and counts stand with the device they may mean, come once into its history, and hide when switched off", async () => {
  const device = (name: string, manufacturer = "Northwind Infusion") =>
    server.ask("POST", "/devices", { name, manufacturer, model: "" });
  const { id } = (await device("Larkspur LX-200 infusion pump")).body;
  const other = (await device("Larkspur LX-200 infusion pump", "Another maker")).body;
  expect(await ofDevice(id)).toEqual({ recallSource: null, reportSource: null, recalls: [], reports: null });

  answer([recall("Z-1-2026", "Larkspur LX-200; infusion pump"), recall("Z-2-2026", "Heather syringe pump")]);
  const added: { id: string; revision: number }[] = [];
  for (const plugIn of ["openfda-recalls", "openfda-events"])
    added.push(
      (await server.ask("POST", "/intel/sources", { name: plugIn, location: `${feeds.base}/device`, plugIn })).body,
    );
  expect(await run()).toMatchObject({ state: "done", problems: [] });
  expect(await ofDevice(id)).toMatchObject({
    recallSource: { succeededAt: expect.any(String), failure: null },
    recalls: [
      {
        ...{ number: "Z-1-2026", classification: "I", initiatedOn: "2026-03-01", grade: "strong" },
        evidence: [expect.stringContaining("Northwind"), expect.stringContaining("larkspur")],
      },
    ],
    reports: { total: 4, years: [{ year: 2026, reports: 4 }], updatedOn: "2026-11-01" },
  });
  expect((await ofDevice(other.id)).recalls).toEqual([]);
  expect((await server.ask("GET", `/findings?deviceId=${id}`)).body.items).toEqual([]);
  expect(await met(id)).toHaveLength(1);

  await run();
  expect(await met(id)).toHaveLength(1);
  answer([recall("Z-3-2026", "Larkspur LX-200 and LX-100"), recall("Z-1-2026", "Larkspur LX-200; infusion pump")]);
  await run();
  expect(await met(id)).toHaveLength(2);
  expect((await ofDevice(id)).recalls).toHaveLength(2);

  for (const source of added)
    await server.ask("PATCH", `/intel/sources/${source.id}`, { revision: source.revision, enabled: false });
  expect(await ofDevice(id)).toEqual({ recallSource: null, reportSource: null, recalls: [], reports: null });
  expect((await server.ask("GET", "/devices/00000000-0000-7000-8000-000000000000/fda")).status).toBe(404);
});
