import type { SecurityFile } from "../../security-file/schema.ts";
import type { ShownCatalogue } from "../schema.ts";
import { coverageGaps, coverageOf } from "./coverage.ts";
import { traceGaps } from "./gaps.ts";
import { provisionsOf } from "./refs.ts";
import type { CategoryCoverage, TraceGap } from "./schema.ts";

export interface Traced {
  coverage: CategoryCoverage[];
  gaps: TraceGap[];
}

/** Coverage and gaps of a file, by the catalogues its references may mean. */
export function traceFile(file: SecurityFile, catalogues: readonly ShownCatalogue[]): Traced {
  const find = provisionsOf(catalogues);
  const coverage = coverageOf(file, catalogues, find);
  return { coverage, gaps: [...coverageGaps(coverage), ...traceGaps(file, find)] };
}
