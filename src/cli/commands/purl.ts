import type { Command } from "commander";
import { runAction } from "../run-action.ts";

export function registerPurl(program: Command): void {
  const purl = program.command("purl").description("read and write package URLs (ECMA-427)");
  purl
    .command("parse")
    .description("the parts of package URLs, one JSON object per line")
    .argument("[purls...]", "package URLs (default: JSON texts, one per line on standard input)")
    .option("--lenient", "repair what tools write: Arch= for arch=, a missing namespace, a stray %")
    .addHelpText("after", "\nExample:\n  cordon purl parse pkg:npm/%40babel/core@7.0.0")
    .action((purls: string[], options: { lenient?: true }) =>
      runAction(async () => {
        const { answerLines } = await import("../tools/answer-lines.ts");
        const { PURL_EXAMPLE, purlParts } = await import("../tools/purl-tool.ts");
        const reading = options.lenient === true ? "lenient" : "strict";
        return answerLines(purls, { answer: (value) => purlParts(value, reading), example: PURL_EXAMPLE });
      }),
    );
  purl
    .command("build")
    .description("package URLs from their parts, one JSON text per line")
    .argument("[parts...]", "JSON objects (default: one per line on standard input)")
    .addHelpText("after", '\nExample:\n  cordon purl build \'{"type":"npm","namespace":"@babel","name":"core"}\'')
    .action((parts: string[]) =>
      runAction(async () => {
        const { answerLines, readValue } = await import("../tools/answer-lines.ts");
        const { PARTS_EXAMPLE, purlText } = await import("../tools/purl-tool.ts");
        return answerLines(
          parts.map((part, i) => readValue(part, `argument ${i + 1}`, PARTS_EXAMPLE)),
          { answer: purlText, example: PARTS_EXAMPLE },
        );
      }),
    );
}
