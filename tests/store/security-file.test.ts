import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSecurityFile } from "../../src/features/security-file/read/read-security-file.ts";
import { type ProgramServer, programServer } from "./program-server.ts";

let server: ProgramServer;
beforeAll(async () => {
  server = await programServer();
}, 120_000);
afterAll(() => server.close());

async function release() {
  const { ask } = server;
  const device = (await ask("POST", "/devices", { name: "Pump" })).body;
  const add = async (version: string) =>
    (await ask("POST", `/devices/${device.id}/releases`, { version, phase: "design", since: "2026-01-05" })).body.id;
  const id: string = await add("1");
  const path = `/releases/${id}/security-file`;
  const read = async () => (await ask("GET", path)).body;
  const change = (...changes: object[]) => ask("POST", `${path}/changes`, { changes });
  return { ask, device, id, add, path, read, change };
}
type Made = Awaited<ReturnType<typeof release>>;

const put = (kind: string, item: object, was: number | null = null) => ({ do: "put", kind, item, was });
const controller = { id: "controller", name: "Controller", kind: "process" };
const server_ = { id: "server", name: "Pump server", kind: "external-system" };
const orders = { id: "orders", name: "Orders", from: "server", to: "controller", carries: ["command"] };
const start = ({ change }: Made) => change(put("elements", controller), put("elements", server_), put("flows", orders));

describe("a security file", () => {
  test("starts empty, takes items, and says who changed what", async () => {
    const made = await release();
    expect(await made.read()).toMatchObject({ file: null, revision: 0 });
    expect((await start(made)).body).toEqual({ revision: 1, revisions: { controller: 1, server: 1, orders: 1 } });
    const stored = await made.read();
    expect(stored).toMatchObject({ revision: 1, revisions: { orders: 1 }, changedBy: "Ada" });
    expect(stored.file.flows).toMatchObject([{ ...orders, path: { protocol: "", notApplicable: [] } }]);
    expect((await made.change(put("elements", { ...controller, name: "Main controller" }, 1))).body).toEqual({
      revision: 2,
      revisions: { controller: 2 },
    });
    expect((await made.ask("GET", `${made.path}/changes`)).body.items).toMatchObject([
      { revision: 2, changes: [{ kind: "elements", id: "controller", name: "Main controller", did: "changed" }] },
      { revision: 1, changes: [{ did: "added" }, { did: "added" }, { did: "added" }] },
    ]);
  });

  test("is in the device's history and moves the ledger", async () => {
    const made = await release();
    await start(made);
    const { items } = (await made.ask("GET", `/devices/${made.device.id}/history`)).body;
    expect(items[0]).toMatchObject({ action: "security-file.added", subject: { type: "security-file", id: made.id } });
  });

  test("a change that was made already writes nothing", async () => {
    const made = await release();
    await start(made);
    expect((await made.change(put("elements", controller, 1))).body).toEqual({ revision: 1, revisions: {} });
    expect((await made.ask("GET", `${made.path}/changes`)).body.items).toHaveLength(1);
  });

  test.each([
    ["an item somebody changed meanwhile", [put("elements", { ...controller, name: "X" }, 0)], 409, "changes.0.was"],
    ["a new item with a known id", [put("elements", { ...controller, name: "X" })], 409, "changes.0.was"],
    ["an id of another kind", [put("zones", { id: "controller", name: "X" })], 400, "changes.0"],
    ["an item that is gone", [put("elements", { ...controller, id: "gone" }, 1)], 404, "changes.0"],
    ["a dangling flow", [put("flows", { ...orders, to: "gone" }, 1)], 400, "flows.orders.to"],
    [
      "an element that a flow still needs",
      [{ do: "remove", kind: "elements", id: "server", was: 1 }],
      400,
      "flows.orders.from",
    ],
    ["an unknown field", [put("flows", { ...orders, probability: 0.1 }, 1)], 400, null],
    ["one item twice", [put("zones", { id: "z", name: "Z" }), put("zones", { id: "z", name: "Z" })], 400, "changes.1"],
  ])("%s is refused, and nothing of the change is kept", async (_, changes, status, at) => {
    const made = await release();
    await start(made);
    const answer = await made.change(put("zones", { id: "ward", name: "Ward" }), ...changes);
    const shifted = at?.replace(/changes\.(\d)/, (_all, i) => `changes.${Number(i) + 1}`);
    expect(answer).toMatchObject({ status, body: at === null ? {} : { at: shifted } });
    expect((await made.read()).revision).toBe(1);
  });

  test("of two people who change one item at once, one is told", async () => {
    const made = await release();
    await start(made);
    const both = await Promise.all(["A", "B"].map((name) => made.change(put("elements", { ...controller, name }, 1))));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await made.read()).revision).toBe(2);
  });

  test("an element goes together with its flows", async () => {
    const made = await release();
    await start(made);
    const gone = [
      { do: "remove", kind: "flows", id: "orders", was: 1 },
      { do: "remove", kind: "elements", id: "server", was: 1 },
    ];
    expect((await made.change(...gone)).body.revisions).toEqual({ orders: null, server: null });
    expect((await made.read()).file.elements).toHaveLength(1);
  });
});

describe("interfaces of a release", () => {
  const port = { id: "lan", name: "LAN", element: "controller", kind: "wired", protocol: "MQTT", exposed: true };

  test("are those its file declares, and are then changed there only", async () => {
    const made = await release();
    await start(made);
    await made.change(
      put("ports", port),
      put("ports", { ...port, id: "uart", name: "UART", kind: "debug", state: "disabled" }),
      put("ports", { ...port, id: "far", name: "Far", element: "server" }),
    );
    const shown = (await made.ask("GET", `/releases/${made.id}`)).body;
    expect(shown.interfaces).toMatchObject([
      { kind: "wired", name: "LAN", protocol: "MQTT", exposed: true },
      { kind: "service", name: "UART", exposed: false, notes: "Switched off for good." },
    ]);
    const { revision } = shown;
    const answer = await made.ask("PATCH", `/releases/${made.id}`, { revision, interfaces: [] });
    expect(answer).toMatchObject({ status: 409, body: { at: "interfaces" } });
    expect((await made.ask("PATCH", `/releases/${made.id}`, { revision, notes: "n" })).status).toBe(200);
  });

  test("and the file go over to a release that is made from this one", async () => {
    const made = await release();
    await start(made);
    await made.change(put("ports", port));
    const body = { version: "2", phase: "design", since: "2026-01-05", copyFrom: made.id };
    const next = (await made.ask("POST", `/devices/${made.device.id}/releases`, body)).body;
    expect(next.interfaces).toMatchObject([{ name: "LAN" }]);
    expect((await made.ask("GET", `/releases/${next.id}/security-file`)).body.file.flows).toHaveLength(1);
  });
});

describe("a whole file", () => {
  const TEXT = `cordon: security-file/1\nelements:\n  - { id: controller, name: Controller, kind: process }\n`;
  const send = (made: Made, text: string, query = "") =>
    server.upload(made.id, text, {}, server.scope, `security-file${query}`);

  test("goes in as YAML and comes out equal", async () => {
    const made = await release();
    expect((await send(made, TEXT)).status).toBe(201);
    const back = (await server.ask("GET", `/releases/${made.id}/security-file.yaml`)).body;
    const read = (text: string) => readSecurityFile([{ name: "f", text }]).file;
    expect(read(back)).toEqual(read(TEXT));
  });

  test("takes the place of another only when that was seen, or is merged into it", async () => {
    const made = await release();
    await start(made);
    expect((await send(made, TEXT)).status).toBe(409);
    expect((await send(made, TEXT, "?how=merge&revision=1")).status).toBe(200);
    expect((await made.read()).file.elements).toHaveLength(2);
    expect((await send(made, TEXT, "?revision=1")).status).toBe(200);
    expect((await made.read()).file).toMatchObject({ elements: [{ id: "controller" }], flows: [] });
  });

  test("goes out in another tool's format with what is lost, and comes back from it", async () => {
    const made = await release();
    await start(made);
    const at = `/releases/${made.id}/security-file/models/otm`;
    const model = (await made.ask("GET", at)).body;
    expect((await made.ask("GET", `${at}/losses`)).body).toMatchObject({ format: "otm", direction: "export" });
    const other = await release();
    const { status, body } = await send(other, typeof model === "string" ? model : JSON.stringify(model));
    expect([status, body.report]).toEqual([201, expect.objectContaining({ format: "otm", direction: "import" })]);
    const names = (items: { name: string }[]) => items.map(({ name }) => name).sort();
    expect(names((await other.read()).file.elements)).toEqual(["Controller", "Pump server"]);
    expect((await made.ask("GET", `/releases/${made.id}/security-file/models/visio`)).status).toBe(404);
  });

  test.each([
    ["what is no security file", "a: 1\n"],
    ["a zip that calls itself YAML", "PK\u0003\u0004"],
    ["a link into nothing", `${TEXT}flows:\n  - { id: f, name: F, from: controller, to: gone }\n`],
  ])("%s is refused and nothing is kept", async (_, text) => {
    const made = await release();
    expect((await send(made, text)).status).toBe(400);
    expect((await made.read()).revision).toBe(0);
  });

  test("is taken over by the next release, which then goes its own way", async () => {
    const made = await release();
    await start(made);
    const next = await made.add("2");
    expect((await made.ask("POST", `/releases/${next}/security-file/copy`, { from: made.id })).body.revision).toBe(1);
    await made.change(put("elements", { ...controller, name: "Only in 1" }, 1));
    const copied = (await made.ask("GET", `/releases/${next}/security-file`)).body.file;
    expect(copied.elements.map(({ name }: { name: string }) => name)).toEqual(["Controller", "Pump server"]);
    expect((await made.ask("POST", `/releases/${next}/security-file/copy`, { from: made.id })).status).toBe(409);
  });
});

test("acceptance criteria are kept edition by edition; an edition never changes (RA-3)", async () => {
  const cells = {
    catastrophic: "unacceptable",
    critical: "reduce",
    serious: "reduce",
    minor: "acceptable",
    negligible: "acceptable",
  };
  const matrix = (edition: string) => ({ name: "House", edition, cells: { low: cells, medium: cells, high: cells } });
  expect((await server.ask("POST", "/acceptance-matrices", matrix("1"))).status).toBe(201);
  expect((await server.ask("POST", "/acceptance-matrices", matrix("1"))).status).toBe(409);
  expect((await server.ask("POST", "/acceptance-matrices", matrix("2"))).status).toBe(201);
  const { items } = (await server.ask("GET", "/acceptance-matrices")).body;
  expect(items.map((one: { matrix: { edition: string } }) => one.matrix.edition)).toEqual(["2", "1"]);
});
