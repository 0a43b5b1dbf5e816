import type { Risk } from "../../features/risk/schema.ts";

/** Functions named by a recorded fact that the device no longer has: the fact lowers nothing then. */
export const goneOf = ({ functions }: Pick<Risk, "functions">, reach: Risk["parts"][number]["reach"]): string[] =>
  (reach?.functions ?? []).filter((name) => !functions.some((one) => one.name === name));

/** The functions that the vulnerable parts can reach: by a recorded fact, else by the security file, else all. */
export function reachedBy(risk: Pick<Risk, "parts" | "functions">): Risk["functions"] {
  const names = risk.parts.map(({ reach, file }) =>
    reach !== null && goneOf(risk, reach).length === 0 ? reach.functions : (file?.functions ?? null),
  );
  if (names.includes(null)) return risk.functions;
  const reached = risk.functions.filter(({ name }) => names.some((one) => one?.includes(name)));
  // Functions that only the security file has are not in the device's list.
  return reached.length === 0 && names.some((one) => one !== null && one.length > 0) ? risk.functions : reached;
}
