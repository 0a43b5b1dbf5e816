import type { Rubric, RubricAnswer } from "../schema.ts";

export interface RubricScore {
  /** A CVSS v3.0 base vector, whatever is answered. */
  vector: string;
  /** The questions whose answers made it, in order. */
  asked: readonly string[];
}

/**
 * The vector that answers lead to. A question nobody answered counts as unknown, and unknown as the worst. Of the impacts any yes or
 * unknown makes the metric high; patients' records alone, where it is known that they can be read, make confidentiality low while fewer
 * than the rubric's number are concerned.
 */
export function scoreRubric(rubric: Rubric, answers: ReadonlyMap<string, RubricAnswer>): RubricScore {
  const answerOf = (id: string): RubricAnswer => answers.get(id) ?? "unknown";
  const asked: string[] = [];
  const parts = rubric.metrics.map(({ start }) => follow(rubric, start, answerOf, asked));
  for (const metric of ["C", "I", "A"] as const) {
    const questions = rubric.impacts.filter((impact) => impact.metric === metric);
    const hit = questions.filter(({ id }) => answerOf(id) !== "no");
    asked.push(...questions.map(({ id }) => id));
    const recordsOnly =
      metric === "C" &&
      hit.length > 0 &&
      hit.every(({ id, data }) => data === rubric.patients.data && answerOf(id) === "yes");
    if (recordsOnly) asked.push(rubric.patients.id);
    const few = recordsOnly && answerOf(rubric.patients.id) === "no";
    parts.push(`${metric}:${hit.length === 0 ? "N" : few ? "L" : "H"}`);
  }
  return { vector: `CVSS:3.0/${parts.join("/")}`, asked };
}

function follow(rubric: Rubric, start: string, answerOf: (id: string) => RubricAnswer, asked: string[]): string {
  let at = start;
  // A rubric has fewer steps than questions: a circle in the file ends here instead of running on.
  for (let step = 0; step <= rubric.questions.length; step++) {
    const question = rubric.questions.find(({ id }) => id === at);
    if (question === undefined) return at;
    asked.push(at);
    at = question[answerOf(at)];
  }
  throw new RangeError(`The questions from ${start} lead in a circle`);
}

/** Every question of the rubric by its id, in order. */
export const questionsOf = ({ questions, impacts, patients }: Rubric) => [...questions, ...impacts, patients];
