import { Command } from "commander";
import { registerAssess } from "../cli/commands/assess.ts";
import { registerIntel } from "../cli/commands/intel.ts";

const program = new Command("cordon")
  .description("Runs a medical device security program: one living security file per device release.")
  .version("0.1.0")
  .configureHelp({ showGlobalOptions: false })
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2);
  })
  .addHelpText("after", "\nExample:\n  cordon assess device-sbom.cdx.json --intel intel.db");

for (const register of [registerAssess, registerIntel]) register(program);

await program.parseAsync();
