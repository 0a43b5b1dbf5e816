import { argon2Sync } from "node:crypto";
import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./password.ts";

test("a password is stored as argon2id with at least 19 MiB, two passes, one lane, and a salt of its own", async () => {
  const [one, other] = await Promise.all([
    hashPassword("correct horse battery"),
    hashPassword("correct horse battery"),
  ]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(one).not.toBe(other);
  expect(await verifyPassword(one, "correct horse battery")).toBe(true);
  expect(await verifyPassword(one, "correct horse batterz")).toBe(false);
});

test("a string made with another cost still verifies, so that the cost can rise", async () => {
  const nonce = Buffer.from("0123456789abcdef");
  const tag = argon2Sync("argon2id", { message: "old", nonce, memory: 64, passes: 3, parallelism: 1, tagLength: 32 });
  const text = (bytes: Buffer) => bytes.toString("base64").replaceAll("=", "");
  expect(await verifyPassword(`$argon2id$v=19$m=64,t=3,p=1$${text(nonce)}$${text(tag)}`, "old")).toBe(true);
});

test("one person may type a letter composed and decomposed", async () => {
  expect(await verifyPassword(await hashPassword("Müllerstraße 1"), "Mu\u0308llerstraße 1")).toBe(true);
});

test.each([
  ["", "empty"],
  ["plain text", "no PHC string"],
  ["$argon2i$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZg", "another function"],
  [
    "$argon2id$v=19$m=9999999,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZg",
    "a cost that would stop the server",
  ],
])("%j never verifies: %s", async (stored) => {
  expect(await verifyPassword(stored, stored)).toBe(false);
});
