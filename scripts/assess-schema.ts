/** Writes `docs/assess.schema.json`: the shape of `cordon assess --format json`, for whoever reads it without our source. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { assessmentJsonSchema } from "../src/features/intel/assess/json-schema.ts";

writeFileSync(resolve(import.meta.dirname, "..", "docs", "assess.schema.json"), assessmentJsonSchema());
