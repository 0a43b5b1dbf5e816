import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "../../src/platform/db.ts";
import { newOrganization } from "./postgres.ts";
import { type ProgramServer, programServer } from "./program-server.ts";

let server: ProgramServer;
let other: Scope;
beforeAll(async () => {
  server = await programServer();
  const { organizationId } = server.scope;
  other = { organizationId, actor: { kind: "user", id: "another-person", name: "Ben" } };
});
afterAll(() => server.close());

const names = async (as?: Scope) =>
  (await server.ask("GET", "/saved-filters", undefined, as)).body.items.map(({ name }: { name: string }) => name);

test("a filter is its owner's until it is shared, and nobody else changes it", async () => {
  const { body: made } = await server.ask("POST", "/saved-filters", { name: "Mine", search: "show=new&by=device" });
  expect(made).toMatchObject({ name: "Mine", mine: true, shared: false, isDefault: false, revision: 1 });
  expect(await names(other)).toEqual([]);
  await server.ask("POST", `/saved-filters/${made.id}/sharing`, { shared: true });
  expect(await names(other)).toEqual(["Mine"]);
  for (const [method, path, body] of [
    ["PATCH", `/saved-filters/${made.id}`, { revision: 2, name: "Theirs" }],
    ["POST", `/saved-filters/${made.id}/sharing`, { shared: false }],
    ["DELETE", `/saved-filters/${made.id}`, undefined],
  ] as const)
    expect((await server.ask(method, path, body, other)).status, path).toBe(403);
  expect((await server.ask("POST", "/saved-filters/default", { filterId: made.id }, other)).status).toBe(200);
  await server.ask("POST", `/saved-filters/${made.id}/sharing`, { shared: false });
  expect(await names(other)).toEqual([]);
  const { body: entries } = await server.ask("GET", "/ledger/entries?subjectType=saved-filter");
  expect(entries.items.map(({ action }: { action: string }) => action)).toEqual([
    "saved-filter.unshared",
    "saved-filter.shared",
  ]);
});

test("one name once per person, one default, and a stale change is refused", async () => {
  const { body: first } = await server.ask("POST", "/saved-filters", { name: "Exploited", search: "exploited=true" });
  expect((await server.ask("POST", "/saved-filters", { name: "EXPLOITED", search: "" })).status).toBe(409);
  const { body: second } = await server.ask("POST", "/saved-filters", { name: "Done", search: "show=done" });
  await server.ask("POST", "/saved-filters/default", { filterId: first.id });
  const { body } = await server.ask("POST", "/saved-filters/default", { filterId: second.id });
  expect(body.items.filter(({ isDefault }: { isDefault: boolean }) => isDefault)).toHaveLength(1);
  const change = (revision: number) => server.ask("PATCH", `/saved-filters/${first.id}`, { revision, name: "Hot" });
  expect((await change(1)).body.name).toBe("Hot");
  expect((await change(1)).status).toBe(409);
  expect(
    (await server.ask("DELETE", `/saved-filters/${second.id}`)).body.items.map((f: { id: string }) => f.id),
  ).not.toContain(second.id);
});

test("a filter is part of an address and nothing else; another organisation has none of it", async () => {
  for (const search of ["show=new#x", "?show=new", "show=new\r\nx", "x".repeat(1_001)])
    expect((await server.ask("POST", "/saved-filters", { name: "Bad", search })).status, search.slice(0, 20)).toBe(400);
  const elsewhere = await newOrganization(server.database.pool, "Elsewhere");
  expect(await names(elsewhere)).toEqual([]);
});
