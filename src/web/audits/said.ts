import type { Entry } from "../../features/audit/schema.ts";

const words = (text: string) =>
  text
    .replaceAll(/[-_]/g, " ")
    .replace(/^(sbom|vex)\b/, (name) => name.toUpperCase())
    .replace(/^organization\b/, "organisation");

/** "release.phase-entered" as words: "Release: phase entered". */
export function actionText(action: string): string {
  const [noun = "", ...verb] = action.split(".");
  const said = `${words(noun)}: ${words(verb.join(" "))}`;
  return said.charAt(0).toUpperCase() + said.slice(1);
}

export const ACTOR_WORD: Record<Entry["actor"]["kind"], string> = {
  user: "person",
  key: "API key",
  system: "by itself",
};
