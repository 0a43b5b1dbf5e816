import type { Command } from "commander";
import type { JsonValue } from "../../lib/json.ts";
import { runAction } from "../run-action.ts";

export function registerVersion(program: Command): void {
  const version = program.command("version").description("compare versions as their ecosystem does");
  version
    .command("compare")
    .description("-1, 0 or 1: the first version is older, the same, newer")
    .argument(
      "[a]",
      'a version (default: ["1.0","2.0"] or {"ecosystem":…,"a":…,"b":…}, one per line on standard input)',
    )
    .argument("[b]", "the version to hold against it")
    .option("--ecosystem <name>", "an OSV ecosystem, a package URL type or a scheme: npm, Debian:12, gem, openssl, …")
    .addHelpText("after", "\nExample:\n  cordon version compare --ecosystem Debian 1.0~rc1-1 1.0-1")
    .action((a: string | undefined, b: string | undefined, options: { ecosystem?: string }) =>
      runAction(async () => {
        const { answerLines } = await import("../tools/answer-lines.ts");
        const { compareAsked, PAIR_EXAMPLE } = await import("../tools/version-tool.ts");
        const asked = a === undefined ? [] : [b === undefined ? [a] : [a, b]];
        const answer = (value: JsonValue) => compareAsked(value, options.ecosystem ?? null);
        return answerLines(asked, { answer, example: PAIR_EXAMPLE });
      }),
    );
  version
    .command("in")
    .description("true or false: whether versions lie in a range")
    .argument("[versions...]", 'versions (default: "1.0" or {"range":…,"version":…}, one per line on standard input)')
    .option("--range <range>", "a version range: 'vers:npm/>=1.0.0|<2.0.0', or with --ecosystem as that one writes it")
    .option("--ecosystem <name>", "whose way of writing ranges: npm '^1.2.0', gem '~> 2.0.8', NuGet '[1.0,2.0)', …")
    .addHelpText("after", "\nExample:\n  cordon version in --range 'vers:openssl/>=1.0.1|<1.0.1g' 1.0.1f")
    .action((versions: string[], options: { range?: string; ecosystem?: string }) =>
      runAction(async () => {
        const { answerLines } = await import("../tools/answer-lines.ts");
        const { containedAsked, VERSION_EXAMPLE } = await import("../tools/version-tool.ts");
        const asked = { range: options.range ?? null, ecosystem: options.ecosystem ?? null };
        return answerLines(versions, { answer: (value) => containedAsked(value, asked), example: VERSION_EXAMPLE });
      }),
    );
}
