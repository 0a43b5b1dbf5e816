import { type Command, Option } from "commander";
import { requireIntel } from "../intel-path.ts";
import { runAction } from "../run-action.ts";

interface ExplainOptions {
  component: string;
  advisory: string;
  intel?: string;
  release?: string;
  format: "text" | "json";
  all?: true;
}

export function registerExplain(program: Command): void {
  program
    .command("explain")
    .description("why a component is affected by a vulnerability, or is not")
    .argument("<path>", "an SBOM, or a device folder (device.yaml and its SBOMs)")
    .requiredOption("--component <name>", "its name, group/name, name@version, package URL or reference in the SBOM")
    .requiredOption("--advisory <id>", "a CVE, or any other id of the vulnerability")
    .option("--intel <file>", "the intelligence file (default: $CORDON_INTEL, else intel.db in the data folder)")
    .option("--release <version>", "of a device folder (default: its last one)")
    .option("--all", "text: every item of every record")
    .addOption(new Option("--format <format>", "how to write it").choices(["text", "json"]).default("text"))
    .addHelpText("after", EXAMPLE)
    .action((path: string, { intel, release, all, ...options }: ExplainOptions) =>
      runAction(async () => {
        const file = requireIntel(intel);
        const { runExplain } = await import("../explain/run-explain.ts");
        return runExplain({
          ...options,
          path,
          intel: file,
          release: release ?? null,
          all: all === true,
        });
      }),
    );
}

const EXAMPLE = `
Example:
  cordon explain device-sbom.cdx.json --component openssl --advisory CVE-2022-0778 --intel intel.db`;
