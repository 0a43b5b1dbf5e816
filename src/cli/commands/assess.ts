import { type Command, Option } from "commander";
import { requireIntel } from "../intel-path.ts";
import { runAction } from "../run-action.ts";

interface AssessOptions {
  intel?: string;
  asOf?: string;
  release?: string;
  format: "table" | "json" | "sarif" | "html";
  failOn?: "exploited" | "critical" | "high" | "any";
  all?: true;
  vex?: string[];
}

export function registerAssess(program: Command): void {
  program
    .command("assess")
    .description("what is known to be wrong with the parts of a device")
    .argument("<path>", "an SBOM, or a device folder (device.yaml and its SBOMs)")
    .option("--intel <file>", "the intelligence file (default: $CORDON_INTEL, else intel.db in the data folder)")
    .option("--release <version>", "of a device folder (default: its last one)")
    .option("--as-of <date>", "leave out what was published after this day (2025-01-31)")
    .addOption(
      new Option("--format <format>", "how to write it").choices(["table", "json", "sarif", "html"]).default("table"),
    )
    .addOption(
      new Option("--fail-on <what>", "exit with 1 when a finding is this bad").choices([
        "exploited",
        "critical",
        "high",
        "any",
      ]),
    )
    .option("--vex <file...>", "VEX documents, or folders of them: what they settle is listed apart and closes no gate")
    .option("--all", "table: every finding and every component that could not be matched")
    .addHelpText("after", EXAMPLE)
    .action((path: string, options: AssessOptions) =>
      runAction(async () => {
        const intel = requireIntel(options.intel);
        const { runAssess } = await import("../assess/run-assess.ts");
        return runAssess({
          path,
          release: options.release ?? null,
          intel,
          asOf: options.asOf ?? null,
          format: options.format,
          failOn: options.failOn ?? null,
          all: options.all === true,
          vex: options.vex ?? [],
        });
      }),
    );
}

const EXAMPLE = `
Example:
  cordon assess device-sbom.cdx.json --intel intel.db --fail-on critical

Exit codes: 0 assessed, 1 a finding closes the gate (--fail-on), 2 the input or an option cannot be used.`;
