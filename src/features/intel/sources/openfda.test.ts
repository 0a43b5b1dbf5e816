import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { json, sourceWorld } from "../../../../tests/support/source-world.ts";
import { readReports } from "../fda/fda-answers.ts";

const world = sourceWorld();
const { load, put } = world;

const SUBJECT = { manufacturer: "Northwind Infusion Inc.", product: "Larkspur LX-200 infusion pump", model: null };
const recall = (i: number, more: object = {}) => ({
  ...{ product_res_number: `Z-${i}-2026`, cfres_id: `${i}`, recalling_firm: "Northwind Infusion Inc" },
  ...{
    product_description: "Larkspur LX-200",
    reason_for_recall: "It stops.",
    event_date_initiated: "2026-01-31",
    ...more,
  },
});
const page = (results: object[], total = results.length) => ({
  meta: { last_updated: "2026-11-18", results: { skip: 0, limit: 1000, total } },
  results,
});
const path = (source: string, endpoint: string) => `/${source}/device/${endpoint}.json`;
const queries = () => world.server.asked.map(({ path: asked }) => new URLSearchParams(asked.split("?")[1]));
const recalls = (subjects: (typeof SUBJECT)[] = [SUBJECT], key: string | null = null) =>
  load("openfda-recalls", { subjects, key });

describe("recalls", () => {
  const many = Array.from({ length: 200 }, (_, i) => recall(i));

  test("200 pages' worth is refused, 30 are read: by the Link header, at our own address, spaced, with the key", async () => {
    const fda = recalls([SUBJECT], "secret");
    const answers = (pages: number, total: number) =>
      Array.from({ length: pages }, (_, i) => ({
        status: 200,
        headers: {
          link: `<https://api.fda.gov/device/recall.json?limit=1000&skip=0&search_after=0%3D${i + 1}>; rel="next"`,
        },
        body: json(page(many, total)),
      }));
    put("openfda-recalls", "device/enforcement.json", page([{ recall_number: "Z-1-2026", classification: "Class I" }]));
    world.server.next(path("openfda-recalls", "recall"), ...answers(30, 6_000));
    await fda.visit();
    expect(fda.state).toMatchObject({ failure: null, cursor: null });
    expect(fda.state.documents.reduce((sum, { records }) => sum + records, 0)).toBe(6_001);
    expect(queries().map((query) => query.get("search_after"))).toEqual([
      null,
      ...Array.from({ length: 29 }, (_, i) => `0=${i + 1}`),
      null,
    ]);
    expect(queries()[0]?.get("search")).toBe('recalling_firm:"northwind infusion"');
    expect(fda.waits.every((ms) => ms >= 250)).toBe(true);
    expect(fda.waits).toHaveLength(30);
    expect(world.server.asked[0]?.headers.authorization).toBe(`Basic ${btoa("secret:")}`);
    expect(JSON.stringify(fda.state)).not.toMatch(/secret/);

    world.server.next(path("openfda-recalls", "recall"), ...answers(200, 40_000));
    await fda.visit();
    expect(fda.state.failure).toMatchObject({ code: "too_large" });
    expect(fda.state.documents).toHaveLength(31);
    world.server.next(path("openfda-recalls", "recall"));
  });

  test("without a Link header it goes on by `skip`", async () => {
    const fda = recalls();
    put("openfda-recalls", "device/recall.json", (query: URLSearchParams) =>
      page(many.slice(Number(query.get("skip") ?? 0)).slice(0, 100), 200),
    );
    await fda.visit();
    expect(queries().map((query) => query.get("skip"))).toEqual([null, "100", null]);
  });

  test("404 is none; when nobody has any, the address itself is looked at", async () => {
    const fda = recalls();
    put("openfda-recalls", "device/enforcement.json", null);
    put("openfda-recalls", "device/recall.json", null);
    const none = { status: 404, body: json({ error: { code: "NOT_FOUND", message: "No matches found!" } }) };
    world.server.next(path("openfda-recalls", "recall"), none, { status: 200, body: json(page([recall(1)], 60_000)) });
    await fda.visit();
    expect(fda.state).toMatchObject({ failure: null, documents: [] });
    await fda.visit();
    expect(fda.state.failure?.reason).toMatch(/nothing at the address any more/);
  });

  test("429 and 500 are waited for; another shape, too much, or no device is refused and what was known stays", async () => {
    const fda = recalls();
    put("openfda-recalls", "device/recall.json", page([recall(1)]));
    world.server.next(
      path("openfda-recalls", "recall"),
      { status: 429, headers: { "retry-after": "7" } },
      { status: 500 },
    );
    await fda.visit();
    expect(fda.state.failure).toBeNull();
    expect(fda.waits.some((ms) => ms >= 7_000)).toBe(true);
    for (const [body, reason] of [
      ["<html>moved</html>", /changed its shape/],
      [json({ meta: {}, results: [] }), /changed its shape/],
      [json(page([{ number: "Z-9" }])), /changed its shape/],
    ] as const) {
      world.server.next(path("openfda-recalls", "recall"), { status: 200, body });
      await fda.visit();
      expect(fda.state.failure?.reason).toMatch(reason);
      expect(fda.state.documents.map(({ records }) => records)).toEqual([1]);
    }
    world.server.next(path("openfda-recalls", "recall"), {
      status: 200,
      headers: { "content-length": "60000000" },
      body: "x",
    });
    await fda.visit();
    expect(fda.state.failure).toMatchObject({ code: "too_large" });
    await fda.visit({ subjects: [] });
    expect(fda.state.failure).toMatchObject({ code: "bad_input", fix: expect.stringContaining("--device") });
    expect(fda.state.documents).toHaveLength(1);
  });

  test("after a failure it goes on with what is not whole yet; a maker who left takes the answers along", async () => {
    const other = { ...SUBJECT, manufacturer: "Philips Healthcare" };
    const fda = recalls([SUBJECT, other]);
    put("openfda-recalls", "device/recall.json", page([recall(1)]));
    put(
      "openfda-recalls",
      "device/enforcement.json",
      page([{ recall_number: "Z-1-2026", classification: "Class II" }]),
    );
    world.server.next(path("openfda-recalls", "enforcement"), { status: 400 });
    await fda.visit();
    expect(fda.state).toMatchObject({
      cursor: { done: ["recall/northwind-infusion/"] },
      failure: { code: "unavailable" },
    });
    world.server.asked.length = 0;
    await fda.visit();
    expect(queries()[0]?.get("search")).toContain("northwind");
    expect(queries().map((query) => query.get("search")?.includes('recalling_firm:"philips"'))).toEqual([
      false,
      true,
      true,
    ]);
    expect(fda.state.documents).toHaveLength(4);
    await fda.visit({ subjects: [other] });
    expect(fda.state.documents.map(({ name }) => name.split("/")[1])).not.toContain("northwind-infusion");
  });
});

describe("reports", () => {
  test("are counted by maker and brand, and summed by year; 404 is none", async () => {
    const fda = load("openfda-events", { subjects: [SUBJECT, { ...SUBJECT, product: "Infusion pump" }] });
    put("openfda-events", "device/event.json", {
      meta: { last_updated: "2026-11-01" },
      results: [
        { time: "20240102", count: 3 },
        { time: "20240301", count: 4 },
        { time: "20260301", count: 1 },
      ],
    });
    await fda.visit();
    expect(fda.state.failure).toBeNull();
    const [document] = fda.state.documents;
    expect(queries().map((query) => [query.get("count"), query.get("search")])).toEqual([
      [
        "date_received",
        '(device.manufacturer_d_name:"northwind infusion") AND device.brand_name:"larkspur" AND device.brand_name:"lx" AND device.brand_name:"200"',
      ],
    ]);
    expect(readReports(readFileSync(fda.files.pathOf(document?.sha256 ?? ""), "utf8"))).toMatchObject({
      subject: SUBJECT,
      counts: {
        ...{ total: 8, updatedOn: "2026-11-01" },
        years: [
          { year: 2024, reports: 7 },
          { year: 2025, reports: 0 },
          { year: 2026, reports: 1 },
        ],
      },
    });
    world.server.next(path("openfda-events", "event"), { status: 404 });
    put("openfda-events", "device/event.json", page([]));
    await fda.visit();
    expect(fda.state.failure).toBeNull();
    const none = readFileSync(fda.files.pathOf(fda.state.documents[0]?.sha256 ?? ""), "utf8");
    expect(readReports(none)?.counts).toMatchObject({ total: 0, years: [] });
    world.server.next(path("openfda-events", "event"), {
      status: 200,
      body: json({ meta: {}, results: [{ term: "x" }] }),
    });
    await fda.visit();
    expect(fda.state.failure?.reason).toMatch(/changed its shape/);
  });
});
