import type { SecurityFile } from "../schema.ts";
import { coverageGaps, coverageOf } from "./coverage.ts";
import { traceGaps } from "./gaps.ts";
import { chainLinks } from "./links.ts";
import type { CategoryCoverage, Referred, TraceGap } from "./schema.ts";

export interface Traced {
  coverage: CategoryCoverage[];
  gaps: TraceGap[];
}

/** Without catalogues no reference is known, and none is asked for. */
export const NOTHING_REFERRED: Referred = { categories: new Map(), unknown: [], checkables: new Map() };

/** Coverage and gaps of a file: the one place where the chain is judged. */
export function traceFile(file: SecurityFile, referred: Referred): Traced {
  const links = chainLinks(file);
  const coverage = coverageOf(file, referred, links);
  return { coverage, gaps: [...coverageGaps(coverage), ...traceGaps(file, referred, links)] };
}
