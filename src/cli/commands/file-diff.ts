import { type Command, Option } from "commander";
import { runAction } from "../run-action.ts";

interface DiffOptions {
  from?: string;
  to?: string;
  format: "table" | "json" | "markdown";
  failOn: "never" | "change" | "impact";
}

/** `cordon file diff`: one release against another. */
export function addDiffCommand(file: Command): void {
  file
    .command("diff")
    .description("say what changed from one security file to another, what no longer holds, and what the FDA asks then")
    .argument("<before>", "a security file, its folder, or a device folder")
    .argument("<after>", "the same, of the later release")
    .option("--from <version>", "of a device folder: the release before (default: the last)")
    .option("--to <version>", "of a device folder: the release after (default: the last)")
    .addOption(
      new Option("--format <format>", "how to print it").choices(["table", "json", "markdown"]).default("table"),
    )
    .addOption(
      new Option("--fail-on <what>", "exit with 1 on any change, or on one that may impact cybersecurity")
        .choices(["never", "change", "impact"])
        .default("never"),
    )
    .addHelpText("after", DIFF_EXAMPLE)
    .action((before: string, after: string, { from, to, format, failOn }: DiffOptions) =>
      runAction(async () => {
        const { runDiff } = await import("../file/run-diff.ts");
        return runDiff({ before, after, from: from ?? null, to: to ?? null, format, failOn });
      }),
    );
}

const DIFF_EXAMPLE = `
Example:
  cordon file diff pump-4.1/security-file pump-4.2/security-file
  cordon file diff devices/pump devices/pump --from 4.1 --to 4.2 --format markdown

Exit codes: 0 nothing that --fail-on names, 1 something, 2 a file cannot be read.`;
