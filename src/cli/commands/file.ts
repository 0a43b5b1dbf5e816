import { type Command, Option } from "commander";
import type { TraceFrom } from "../../features/security-file/trace/schema.ts";
import { runAction } from "../run-action.ts";
import { addDiffCommand } from "./file-diff.ts";
import { addModelCommands } from "./file-models.ts";

interface CheckOptions {
  release?: string;
  asOf?: string;
  sbom?: string;
  format: "table" | "json" | "sarif";
  failOn: "error" | "gap" | "never";
}

interface UploadFileOptions {
  release: string;
  version?: string;
  merge?: boolean;
  server?: string;
  key?: string;
}

interface ProposeOptions {
  release?: string;
  format: "table" | "json";
}

interface TraceOptions {
  release?: string;
  from: TraceFrom;
  format: "table" | "json" | "csv" | "xlsx" | "oscal";
  failOnGap?: boolean;
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
    .option("--as-of <date>", "count the ages of evidence and tests to this day (default: today)")
    .option("--sbom <file>", "compare its parts with this SBOM (default: of a device folder, the release's)")
    .addOption(new Option("--format <format>", "how to print it").choices(["table", "json", "sarif"]).default("table"))
    .addOption(new Option("--fail-on <what>", "exit with 1 on").choices(["error", "gap", "never"]).default("error"))
    .addHelpText("after", CHECK_EXAMPLE)
    .action((path: string, options: CheckOptions) =>
      runAction(async () => {
        const { runCheck } = await import("../file/run-check.ts");
        return runCheck({
          path,
          release: options.release ?? null,
          asOf: options.asOf ?? new Date().toISOString().slice(0, 10),
          sbom: options.sbom ?? null,
          format: options.format,
          failOn: options.failOn,
        });
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
  file
    .command("upload")
    .description("put a security file that lives in Git onto a Cordon server; for build pipelines")
    .argument("<path>", "a security file (YAML, JSON), its folder, or a device folder")
    .requiredOption("--release <id>", "the release's id, as in its page's address")
    .option("--version <version>", "of a device folder: the release whose file is meant (default: the last)")
    .option("--merge", "keep what the server has besides; without it the file takes its place")
    .option("--server <url>", "the server (default: $CORDON_URL)")
    .option(
      "--key <key>",
      "an API key that may security-file:read, security-file:write (default: $CORDON_API_KEY, which keeps it out of process lists)",
    )
    .addHelpText("after", UPLOAD_EXAMPLE)
    .action((path: string, options: UploadFileOptions) =>
      runAction(async () => {
        const { runUploadFile } = await import("../file/run-upload-file.ts");
        return runUploadFile({
          path,
          version: options.version ?? null,
          releaseId: options.release,
          how: options.merge === true ? "merge" : "replace",
          server: options.server ?? process.env.CORDON_URL ?? null,
          key: options.key ?? process.env.CORDON_API_KEY ?? null,
        });
      }),
    );
  file
    .command("trace")
    .description(
      "follow the chain from threat over requirement, control and test to the labeling, and name where it breaks",
    )
    .argument("<path>", "a security file (YAML, JSON), its folder, or a device folder")
    .option("--release <version>", "of a device folder: the release (default: the last)")
    .addOption(
      new Option("--from <column>", "json, csv: what a line is")
        .choices(["requirements", "controls", "threats", "risks", "elements", "tests", "labels"])
        .default("requirements"),
    )
    .addOption(
      new Option("--format <format>", "how to print it; oscal: what it does about controls, as a component definition")
        .choices(["table", "json", "csv", "xlsx", "oscal"])
        .default("table"),
    )
    .option("--fail-on-gap", "exit with 1 when the chain breaks somewhere")
    .addHelpText("after", TRACE_EXAMPLE)
    .action((path: string, options: TraceOptions) =>
      runAction(async () => {
        const { runTrace } = await import("../file/run-trace.ts");
        const { from, format, failOnGap } = options;
        return runTrace({ path, release: options.release ?? null, from, format, failOnGap: failOnGap === true });
      }),
    );
  addModelCommands(file);
  addDiffCommand(file);
}

const PROPOSE_EXAMPLE = `
Example:
  cordon file propose examples/infusion-pump

Exit codes: 0 printed, 2 the file cannot be read.`;

const UPLOAD_EXAMPLE = `
Example:
  CORDON_URL=https://cordon.example CORDON_API_KEY=… cordon file upload security-file/ --release 0192…

Exit codes: 0 it is there, 2 the file, the key or the server refuses.`;

const CHECK_EXAMPLE = `
Example:
  cordon file check examples/infusion-pump --as-of 2026-11-24 --fail-on gap

Exit codes: 0 nothing that --fail-on names, 1 something, 2 the file cannot be read.`;

const TRACE_EXAMPLE = `
Example:
  cordon file trace examples/infusion-pump --format xlsx > trace.xlsx

Exit codes: 0 printed, 1 the chain breaks (--fail-on-gap), 2 the file cannot be read.`;
