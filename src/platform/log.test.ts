import { expect, test } from "vitest";
import { createLog, type LogFields } from "./log.ts";

function logged(fields: object): Record<string, unknown> {
  let line = "";
  const write = (text: string) => {
    line = text;
  };
  createLog("info", { write }).info(fields as LogFields, "done");
  return JSON.parse(line);
}

test("a line carries only allowed fields, even when others got past the types", () => {
  const line = logged({
    requestId: "r1",
    body: { patient: "Doe" },
    headers: { cookie: "session" },
    url: "/link/token",
  });
  expect(Object.keys(line).sort()).toEqual(["at", "level", "msg", "requestId"]);
});

test("of a database error the message and place are kept, its row values are not", () => {
  const error = Object.assign(new Error("duplicate key"), {
    code: "23505",
    detail: "Key (name)=(Doe) exists",
    where: "Doe",
  });
  const { err } = logged({ err: error });
  expect(err).toMatchObject({ message: "duplicate key", code: "23505" });
  expect(JSON.stringify(err)).not.toContain("Doe");
});
