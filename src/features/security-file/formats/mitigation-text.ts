import type { Mitigation, MitigationState } from "../threats/schema.ts";
import { clip, oneLine } from "./reading/plain-text.ts";

/** Mitigations in one text: one paragraph each, the name on its first line. Those that are dropped are not told. */
export const mitigationText = (mitigations: readonly Mitigation[]): string =>
  mitigations
    .filter(({ state }) => state !== "dropped")
    .map(({ name, note }) => [oneLine(name), ...note.split("\n").map(oneLine)].filter((line) => line !== "").join("\n"))
    .join("\n\n");

/** The paragraphs of a text as mitigations. `rest`: paragraphs that are too long for a mitigation, or one too many. */
export function mitigationsIn(
  text: string,
  state: MitigationState,
): { mitigations: Partial<Mitigation>[]; rest: string } {
  const paragraphs = text.split(/\n\s*\n/).filter((one) => one.trim() !== "");
  const rest: string[] = [];
  const mitigations = paragraphs.flatMap((paragraph, i): { name: string; state: MitigationState; note: string }[] => {
    const [first = "", ...more] = paragraph
      .split("\n")
      .map(oneLine)
      .filter((line) => line !== "");
    const note = more.join("\n");
    if (i < 100 && first.length <= 300 && note.length <= 1_000) return [{ name: first, state, note }];
    rest.push(paragraph);
    return i < 100 ? [{ name: clip(first, 300), state, note: "" }] : [];
  });
  return { mitigations, rest: rest.join("\n\n") };
}
