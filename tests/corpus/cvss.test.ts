import { describe, expect, test } from "vitest";
import { scoresOfVector } from "../../src/features/intel/severity/cvss.ts";
import { hasConformance, readConformance } from "./conformance.ts";

const SETS = [
  "vectors_simple2",
  "vectors_cvsslib2",
  "vectors_simple3",
  "vectors_cvsslib3",
  "vectors_simple4_first_half",
];

/** The last score a line states is the one with all metrics: environmental, else temporal, else base. */
function readLine(line: string): { vector: string; score: number } | null {
  const [, vector = "", scores = ""] = /^(\S+) - \((.*)\)$/.exec(line.trim()) ?? [];
  const stated = scores
    .split(",")
    .filter((s) => !["", "None"].includes(s.trim()))
    .map(Number);
  const score = stated.at(-1);
  return score === undefined ? null : { vector, score };
}

describe.skipIf(!hasConformance("cvss-vectors"))("CVSS, scored vectors", async () => {
  const files = await readConformance("cvss-vectors");
  test.each(SETS)("%s", (name) => {
    const cases = (files.get(name) ?? "").split("\n").flatMap((line) => readLine(line) ?? []);
    const missed = cases.filter(({ vector, score }) => scoresOfVector(vector)?.score !== Math.abs(score));
    const lines = missed.map(({ vector, score }) => `\n  ${vector} is ${score}, got ${scoresOfVector(vector)?.score}`);
    console.log(`${name}: passed ${cases.length - missed.length} of ${cases.length}${lines.join("")}`);
    expect({ cases: cases.length > 20, missed }).toEqual({ cases: true, missed: [] });
  });
});
