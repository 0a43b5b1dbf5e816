import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Decide, openPolicies, preparePolicies } from "../../platform/policy.ts";
import { remembered, toRequest } from "./decide.ts";
import { Action, NEVER_BY_KEY, type Principal, READS, Role } from "./schema.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const HERE = "019a0000-0000-7000-8000-000000000001";
const ELSEWHERE = "019a0000-0000-7000-8000-000000000002";
const person = (...roles: Role[]): Principal => ({ kind: "user", id: "ada", name: "Ada", organizationId: HERE, roles });
const key = (roles: Role[], scopes: Action[]): Principal => ({ ...person(...roles), kind: "key", id: "ci", scopes });

/** The table in docs/people.md: action → role → yes or no. */
const [head = [], , ...body] = readFileSync(join(root, "docs", "people.md"), "utf8")
  .split("\n")
  .filter((line) => /^\| (action \||`[a-z-]+:[a-z]+` )|^\|---\|---\|---\|---/.test(line))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", "")),
  );
const documented = body.flatMap(([action, ...cells]) =>
  cells.map((cell, i) => [Role.parse(head[i + 1]), Action.parse(action), cell] as const),
);

let decide: Decide;
let may: ReturnType<typeof remembered>;
beforeAll(async () => {
  decide = await openPolicies(join(root, "policies"));
  may = remembered(decide);
});

test("the documented table is complete: every role and every action", () => {
  expect(documented.map(([role, action]) => `${role} ${action}`).sort()).toEqual(
    Role.options.flatMap((role) => Action.options.map((action) => `${role} ${action}`)).sort(),
  );
});

test.each(documented)("%s, %s: %s, in the policies as in the documentation", (role, action, cell) => {
  expect(["yes", "–"]).toContain(cell);
  expect(decide(toRequest(person(role), action, HERE))).toBe(cell === "yes");
});

describe("what no role can give", () => {
  const everything = person(...Role.options);

  test.each(Action.options)("%s in another organisation is refused to somebody with every role", (action) => {
    expect(decide(toRequest(everything, action, ELSEWHERE))).toBe(false);
  });

  test.each(Action.options)("without a role, %s is refused", (action) => {
    expect(decide(toRequest(person(), action, HERE))).toBe(false);
  });

  test.each(Action.options.filter((action) => !READS.has(action)))("an auditor never gets %s", (action) => {
    expect(decide(toRequest(person("auditor"), action, HERE))).toBe(false);
  });

  test.each(Action.options)("a key with all scopes and all roles gets %s only when a key may have it", (action) => {
    expect(decide(toRequest(key(Role.options, Action.options), action, HERE))).toBe(!NEVER_BY_KEY.has(action));
  });

  test("a key does what its scopes and its maker's roles both allow, and nothing more", () => {
    const pipeline = key(["engineer"], ["sbom:upload", "finding:decide"]);
    expect(may(pipeline, "sbom:upload")).toBe(true);
    expect(may(pipeline, "device:read")).toBe(false);
    expect(may(pipeline, "finding:decide")).toBe(false);
  });
});

describe("bad policies do not start", () => {
  const schema = readFileSync(join(root, "policies", "schema.cedarschema"), "utf8");
  test.each([
    ["permit (principal, action, resource", "unclosed"],
    [`permit (principal, action == Cordon::Action::"device:raed", resource);`, "an action that does not exist"],
    ["permit (principal, action, resource) when { principal.organisation == resource };", "an attribute misspelt"],
  ])("%s: %s", (text) => {
    expect(() => preparePolicies(schema, text)).toThrow(/policies cannot be used/);
  });

  test("a request the schema does not know is an error, never an allow", () => {
    const request = toRequest(person("administrator"), "device:read", HERE);
    expect(() => decide({ ...request, action: { type: "Cordon::Action", id: "device:explode" } })).toThrow(/Cedar/);
  });

  test("a rule that fails while it is evaluated is a no, even beside an allow", () => {
    const failing = preparePolicies(
      schema,
      `permit (principal, action, resource);
       forbid (principal, action, resource) when { 9223372036854775807 + 1 == 0 };`,
    );
    expect(failing(toRequest(person("administrator"), "device:read", HERE))).toBe(false);
  });
});

test("an answer is remembered by roles and scopes, not by person, and not across a change of roles", () => {
  let asked = 0;
  const counting = remembered((request) => {
    asked += 1;
    return decide(request);
  });
  expect(counting(person("auditor"), "device:read")).toBe(true);
  expect(counting({ ...person("auditor"), id: "grace" }, "device:read")).toBe(true);
  expect(asked).toBe(1);
  expect(counting(person("auditor"), "device:write")).toBe(false);
  expect(counting(person("engineer"), "device:write")).toBe(true);
  expect(counting(person("engineer"), "device:write", ELSEWHERE)).toBe(false);
  expect(asked).toBe(4);
});
