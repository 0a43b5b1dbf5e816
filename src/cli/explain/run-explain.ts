import { componentsOf } from "../../features/intel/assess/assess.ts";
import { explain } from "../../features/intel/explain/explain.ts";
import { findVulnerabilities } from "../../features/intel/explain/find-advisory.ts";
import { findComponent } from "../../features/intel/explain/find-component.ts";
import type { ExplainAnswer } from "../../features/intel/explain/schema.ts";
import { RankIndex } from "../../features/intel/rank-index/open-index.ts";
import { openRandomFile } from "../../platform/files/random-file.ts";
import { readSubject } from "../assess/read-subject.ts";
import { styleFor } from "../style.ts";
import { toText } from "./text.ts";

export interface ExplainRequest {
  path: string;
  component: string;
  advisory: string;
  intel: string;
  release: string | null;
  format: "text" | "json";
  all: boolean;
}

/** Reads, explains, writes to standard output. */
export function runExplain({ path, component, advisory, intel, release, format, all }: ExplainRequest): number {
  const components = componentsOf(readSubject(path, release).sboms);
  const part = findComponent(components, component);
  const now = new Date();
  const file = openRandomFile(intel);
  let answer: ExplainAnswer;
  try {
    const index = new RankIndex(file);
    const vulnerabilities = findVulnerabilities(index, index.about.counts, advisory, now);
    answer = {
      explainedAt: now.toISOString(),
      asked: { component, advisory },
      explanations: vulnerabilities.map((one) => explain(index, components, part, one, now)),
    };
  } finally {
    file.close();
  }
  const columns = process.stdout.columns ?? 100;
  process.stdout.write(
    format === "json"
      ? `${JSON.stringify(answer, null, 2)}\n`
      : toText(answer, { style: styleFor(process.stdout), columns, all }),
  );
  return 0;
}
