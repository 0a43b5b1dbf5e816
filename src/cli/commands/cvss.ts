import type { Command } from "commander";
import { runAction } from "../run-action.ts";

export function registerCvss(program: Command): void {
  program
    .command("cvss")
    .description("scores and rating of CVSS vectors (2.0, 3.0, 3.1, 4.0)")
    .argument("[vectors...]", "vectors (default: JSON texts, one per line on standard input)")
    .addHelpText("after", "\nExample:\n  cordon cvss CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/MAV:P")
    .action((vectors: string[]) =>
      runAction(async () => {
        const { answerLines } = await import("../tools/answer-lines.ts");
        const { scoresAsked } = await import("../tools/cvss-tool.ts");
        return answerLines(vectors, scoresAsked);
      }),
    );
}
