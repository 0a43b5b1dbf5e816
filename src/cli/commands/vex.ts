import { type Command, Option } from "commander";
import { runAction } from "../run-action.ts";

interface ExportOptions {
  format: "cyclonedx" | "openvex" | "csaf";
  release?: string;
  namespace?: string;
}

export function registerVex(program: Command): void {
  const vex = program
    .command("vex")
    .description("what is said of vulnerabilities in a device, in the formats others read");
  vex
    .command("export")
    .description("write the decisions of a device's release as VEX")
    .argument("<folder>", "a device folder (device.yaml and its SBOMs)")
    .addOption(
      new Option("--format <format>", "how to write it").choices(["cyclonedx", "openvex", "csaf"]).default("cyclonedx"),
    )
    .option("--release <version>", "default: the last one")
    .option("--namespace <url>", "csaf: the publisher's https address")
    .addHelpText("after", EXAMPLE)
    .action((path: string, options: ExportOptions) =>
      runAction(async () => {
        const { runVexExport } = await import("../vex/run-export.ts");
        return runVexExport({
          path,
          release: options.release ?? null,
          format: options.format,
          namespace: options.namespace ?? null,
        });
      }),
    );
}

const EXAMPLE = `
Example:
  cordon vex export devices/pump --release 2.3.1 --format openvex > pump-2.3.1.openvex.json

Exit codes: 0 written, 2 the input or an option cannot be used. Decisions that cannot be written are named on standard error.`;
