import * as z from "zod";
import { VexRefusal, VexStatement } from "../vex/schema.ts";
import { Assessment, Because, ComponentName, Finding, PartSupport, Settled, Severity, SourceSays } from "./schema.ts";

const NAMED = { Because, ComponentName, Finding, PartSupport, Settled, Severity, SourceSays, VexRefusal, VexStatement };

/** The answer of `cordon assess --format json` as a JSON Schema (2020-12), as it is published in `docs/assess.schema.json`. */
export function assessmentJsonSchema(): string {
  const names = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) names.add(schema, { id });
  const { $schema, ...shape } = z.toJSONSchema(Assessment, { io: "output", metadata: names });
  const head = { $schema, title: "Cordon assessment", description: "The answer of cordon assess --format json." };
  return `${JSON.stringify({ ...head, ...shape }, null, 2)}\n`;
}
