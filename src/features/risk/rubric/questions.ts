import type { Answered, Question, Rubric, RubricAnswer } from "../schema.ts";
import type { proposeAnswers } from "./propose.ts";
import { questionsOf, scoreRubric } from "./score.ts";

const CHOICES = [
  { answer: "yes", word: "Yes" },
  { answer: "no", word: "No" },
  { answer: "unknown", word: "Not known" },
];

/** The rubric as it stands: a person's answer before our proposal, and nothing at all as unknown. */
export function rubricQuestions(
  rubric: Rubric,
  proposals: ReturnType<typeof proposeAnswers>,
  answered: ReadonlyMap<string, Answered>,
): { questions: Question[]; vector: string; known: number; needed: number } {
  const answers = new Map<string, RubricAnswer>();
  for (const { id } of questionsOf(rubric)) {
    const answer = answered.get(id)?.answer ?? proposals.get(id)?.answer;
    if (answer === "yes" || answer === "no" || answer === "unknown") answers.set(id, answer);
  }
  const { vector, asked } = scoreRubric(rubric, answers);
  const needed = new Set(asked);
  const questions = questionsOf(rubric).map((question): Question => {
    const { id, of, asks } = question;
    const proposed = proposals.get(id) ?? null;
    return { id, of, asks, choices: CHOICES, proposed, answered: answered.get(id) ?? null, needed: needed.has(id) };
  });
  const known = asked.filter((id) => answers.has(id) && answers.get(id) !== "unknown").length;
  return { questions, vector, known, needed: asked.length };
}

const CARE = new Set(["diagnosis", "therapy", "workflow"]);

/** Whether any question of care is answered yes; null while one that could be is not known; a loss of patient data is none of care. */
export function touchesCare(rubric: Rubric, questions: readonly Question[]): boolean | null {
  const ids = new Set(rubric.impacts.filter(({ data }) => CARE.has(data)).map(({ id }) => id));
  const answers = questions
    .filter(({ id }) => ids.has(id))
    .map(({ answered, proposed }) => (answered ?? proposed)?.answer);
  if (answers.includes("yes")) return true;
  return answers.every((answer) => answer === "no") ? false : null;
}
