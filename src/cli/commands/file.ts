import { type Command, Option } from "commander";
import { runAction } from "../run-action.ts";

interface CheckOptions {
  release?: string;
  format: "table" | "json";
  failOn: "error" | "gap" | "never";
}

interface ProposeOptions {
  release?: string;
  format: "table" | "json";
}

export function registerFile(program: Command): void {
  const file = program
    .command("file")
    .description("the security file of a release: design, threats, risks, controls, evidence");
  file
    .command("check")
    .description("say what is wrong with a security file, and what is missing")
    .argument("<path>", "a security file (YAML, JSON), its folder, or a device folder")
    .option("--release <version>", "of a device folder: the release (default: the last)")
    .addOption(new Option("--format <format>", "how to print it").choices(["table", "json"]).default("table"))
    .addOption(new Option("--fail-on <what>", "exit with 1 on").choices(["error", "gap", "never"]).default("error"))
    .addHelpText("after", CHECK_EXAMPLE)
    .action((path: string, options: CheckOptions) =>
      runAction(async () => {
        const { runCheck } = await import("../file/run-check.ts");
        return runCheck({ path, release: options.release ?? null, format: options.format, failOn: options.failOn });
      }),
    );
  file
    .command("propose")
    .description("propose threats from the design of a security file, by rules kept as data")
    .argument("<path>", "a security file (YAML, JSON), its folder, or a device folder")
    .option("--release <version>", "of a device folder: the release (default: the last)")
    .addOption(new Option("--format <format>", "how to print them").choices(["table", "json"]).default("table"))
    .addHelpText("after", PROPOSE_EXAMPLE)
    .action((path: string, options: ProposeOptions) =>
      runAction(async () => {
        const { runPropose } = await import("../file/run-propose.ts");
        return runPropose({ path, release: options.release ?? null, format: options.format });
      }),
    );
}

const PROPOSE_EXAMPLE = `
Example:
  cordon file propose examples/infusion-pump

Exit codes: 0 printed, 2 the file cannot be read.`;

const CHECK_EXAMPLE = `
Example:
  cordon file check examples/infusion-pump

Exit codes: 0 nothing that --fail-on names, 1 something, 2 the file cannot be read.`;
