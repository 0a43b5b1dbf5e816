import type { Command } from "commander";
import { runAction } from "../run-action.ts";

export function registerCvss(program: Command): void {
  program
    .command("cvss")
    .description("scores and rating of CVSS vectors (2.0, 3.0, 3.1, 4.0), and what they are in one device")
    .argument("[vectors...]", "vectors (default: JSON texts, one per line on standard input)")
    .option("--device <folder>", "a folder with device.yaml: its environmental metrics, score beside score")
    .option("--release <version>", "a release of it (default: the last)")
    .addHelpText(
      "after",
      "\nExamples:\n  cordon cvss CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/MAV:P\n  cordon cvss CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H --device examples/infusion-pump",
    )
    .action((vectors: string[], { device: folder, release: version }: { device?: string; release?: string }) =>
      runAction(async () => {
        const { answerLines } = await import("../tools/answer-lines.ts");
        const { scoresAsked, deviceScoresAsked, VECTOR_EXAMPLE: example } = await import("../tools/cvss-tool.ts");
        if (folder === undefined) return answerLines(vectors, { answer: scoresAsked, example });
        const { releaseOfFile } = await import("../device-release.ts");
        const { device, release } = releaseOfFile(folder, version ?? null);
        return answerLines(vectors, { answer: (value) => deviceScoresAsked(value, device, release), example });
      }),
    );
}
