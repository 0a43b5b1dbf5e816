import { expect, test } from "vitest";
import { type DatabaseFacts, whyNotConnected, whyRefused } from "./configured.ts";

const ordinary: DatabaseFacts = {
  major: 15,
  user: "app",
  database: "app",
  superuser: false,
  bypassesRowSecurity: false,
  mayCreateRoles: true,
  mayCreate: true,
  missingRoles: ["cordon_app", "cordon_system", "cordon_auth"],
  foreignRoles: [],
  powerfulRoles: [],
};

test.each([
  ["an ordinary owner that may make roles", ordinary],
  ["an owner a DBA has given the roles", { ...ordinary, mayCreateRoles: false, missingRoles: [] }],
  ["roles of another installation, before 16", { ...ordinary, foreignRoles: ["cordon_app"] }],
])("%s may run Cordon", (_, facts) => {
  expect(whyRefused(facts)).toBeNull();
});

test.each<[string, Partial<DatabaseFacts>, string, string]>([
  ["an old server", { major: 13 }, "PostgreSQL 13", "Upgrade"],
  ["a superuser", { superuser: true }, "superuser app", "create role cordon login"],
  [
    "a user row-level security does not bind",
    { bypassesRowSecurity: true },
    "bypasses",
    'alter role "app" nobypassrls',
  ],
  ["a request role it does not bind", { powerfulRoles: ["cordon_app"] }, "cordon_app", "alter role cordon_app"],
  ["a user that is not the owner", { mayCreate: false }, "may not create", 'alter database "app" owner to "app"'],
  ["a user without roles", { mayCreateRoles: false }, "may not make", "create role cordon_app nologin"],
  [
    "roles of another installation, since 16",
    { major: 16, foreignRoles: ["cordon_app"], missingRoles: ["cordon_app"] },
    "may not join",
    'grant cordon_app to "app" with inherit false, set true',
  ],
])("%s is refused with what to do", (_, change, reason, fix) => {
  const fault = whyRefused({ ...ordinary, ...change });
  expect([fault?.code, fault?.message, fault?.fix]).toEqual([
    "bad_configuration",
    expect.stringContaining(reason),
    expect.stringContaining(fix),
  ]);
});

test.each([
  ["28P01", "bad_configuration", "user and password"],
  ["3D000", "bad_configuration", "no such database"],
  ["ECONNREFUSED", "unavailable", "Nothing listens"],
  ["ENOTFOUND", "bad_configuration", "no machine of that name"],
  ["XX000", "unavailable", "boom"],
])("a connection that fails with %s is %s, never a bug", (code, expected, reason) => {
  const fault = whyNotConnected(Object.assign(new Error("boom"), { code }), "db:5432/app");
  expect([fault.code, fault.at, fault.exitCode]).toEqual([expected, "db:5432/app", 2]);
  expect(fault.message).toContain(reason);
});
