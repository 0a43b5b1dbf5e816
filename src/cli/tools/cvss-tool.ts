import { scoresOfVector } from "../../features/intel/severity/cvss.ts";
import { Fault } from "../../lib/fault.ts";
import type { JsonValue } from "../../lib/json.ts";

/** All scores of a CVSS vector. Fault `bad_input` when it is no complete vector. */
export function scoresAsked(value: JsonValue): JsonValue {
  const scores = typeof value === "string" ? scoresOfVector(value) : null;
  if (scores === null)
    throw new Fault("bad_input", "This is no complete CVSS vector (2.0, 3.0, 3.1 or 4.0).", {
      at: "vector",
      fix: "Write CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    });
  return { ...scores };
}
