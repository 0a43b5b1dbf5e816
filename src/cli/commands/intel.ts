import type { Command } from "commander";
import { intelPath, requireIntel } from "../intel-path.ts";
import { runAction } from "../run-action.ts";

interface BuildOptions {
  from: string[];
  out?: string;
  verbose?: true;
}

interface DevicesOptions {
  vendor: string;
  product: string;
  model?: string;
  version?: string;
  intel?: string;
  format: string;
}

export function registerIntel(program: Command): void {
  const intel = program.command("intel").description("the threat intelligence that assessments use");
  intel
    .command("build")
    .description("compile feeds into one intelligence file; formats are told apart by content")
    .requiredOption("--from <paths...>", "files, folders, archives (zip, tar, gz) or https addresses")
    .option("--out <file>", "where to write it (default: $CORDON_INTEL, else intel.db in the data folder)")
    .option("--verbose", "name every skipped document and every problem")
    .addHelpText(
      "after",
      "\nExample:\n  cordon intel build --from known_exploited_vulnerabilities.json osv/all.zip --out intel.db",
    )
    .action((options: BuildOptions) =>
      runAction(async () => {
        const { buildIntel } = await import("../intel/build.ts");
        return buildIntel({ from: options.from, out: intelPath(options.out), verbose: options.verbose === true });
      }),
    );
  intel
    .command("status")
    .description("the sources of an intelligence file, each with its newest record and its age")
    .option("--intel <file>", "the intelligence file (default: $CORDON_INTEL, else intel.db in the data folder)")
    .option("--format <format>", "table or json", "table")
    .addHelpText("after", "\nExample:\n  cordon intel status --intel intel.db")
    .action((options: { intel?: string; format: string }) =>
      runAction(async () => {
        const { intelStatus } = await import("../intel/status.ts");
        return intelStatus({ path: requireIntel(options.intel), format: options.format });
      }),
    );
  intel
    .command("devices")
    .description(
      "advisories that may be about a device, by the words of vendor, product and version; a person confirms them",
    )
    .requiredOption("--vendor <name>", "who makes it, in any of its names")
    .requiredOption("--product <name>", "what it is called")
    .option("--model <number>", "its model number")
    .option("--version <version>", "its software or firmware version")
    .option("--intel <file>", "the intelligence file (default: $CORDON_INTEL, else intel.db in the data folder)")
    .option("--format <format>", "text or json", "text")
    .addHelpText(
      "after",
      '\nExample:\n  cordon intel devices --vendor "General Electric" --product "MAC 2000" --version 1.0 --intel intel.db',
    )
    .action((options: DevicesOptions) =>
      runAction(async () => {
        const { intelDevices } = await import("../intel/devices.ts");
        const { vendor, product, model = null, version = null, format } = options;
        const asked = { vendor, name: product, model, version };
        return intelDevices({ asked, path: requireIntel(options.intel), format });
      }),
    );
}
