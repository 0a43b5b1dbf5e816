import type { CpePiece, CpeValue } from "./cpe-value.ts";

/** Whether one attribute's pattern is ANY, equal, or a wildcard match. A value left open (ANY) is covered only by ANY. */
export function valueCovers(pattern: CpeValue, value: CpeValue): boolean {
  if (pattern === "any") return true;
  if (value === "any" || value === "na" || pattern === "na") return pattern === value;
  if (pattern.length === 1 && typeof pattern[0] === "string") return value.length === 1 && value[0] === pattern[0];
  const text = value.map((piece) => (typeof piece === "string" ? piece : "\u0000")).join("");
  return matches(pattern, text);
}

/** All ways through the pattern at once, so that no pattern costs more than its length times the text's. */
function matches(pattern: readonly CpePiece[], text: string): boolean {
  const marks = pattern.flatMap((piece): CpePiece[] => (typeof piece === "string" ? [...piece] : [piece]));
  const signs = [...text];
  let reached = new Set(openAt(marks, 0));
  for (const sign of signs) {
    const next = new Set<number>();
    for (const at of reached) {
      const mark = marks[at];
      if (mark === undefined) continue;
      if (typeof mark === "string") {
        if (mark === sign) for (const p of openAt(marks, at + 1)) next.add(p);
      } else if (mark.wild === "*") for (const p of openAt(marks, at)) next.add(p);
      else for (const p of openAt(marks, at + 1)) next.add(p);
    }
    reached = next;
  }
  return reached.has(marks.length);
}

/** Positions reachable without reading a sign: `*` stands for none too, `?` for none or one. */
function openAt(marks: readonly CpePiece[], from: number): number[] {
  const open = [from];
  for (let at = from; typeof marks[at] === "object"; at++) open.push(at + 1);
  return open;
}
