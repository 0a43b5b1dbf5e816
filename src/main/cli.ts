import { Command, CommanderError } from "commander";
import { registerAssess } from "../cli/commands/assess.ts";
import { registerClocks } from "../cli/commands/clocks.ts";
import { registerControls } from "../cli/commands/controls.ts";
import { registerCvss } from "../cli/commands/cvss.ts";
import { registerDisclosure } from "../cli/commands/disclosure.ts";
import { registerDoctor } from "../cli/commands/doctor.ts";
import { registerEvidence } from "../cli/commands/evidence.ts";
import { registerExplain } from "../cli/commands/explain.ts";
import { registerFile } from "../cli/commands/file.ts";
import { registerIntel } from "../cli/commands/intel.ts";
import { registerKeys } from "../cli/commands/keys.ts";
import { registerLedger } from "../cli/commands/ledger.ts";
import { registerPurl } from "../cli/commands/purl.ts";
import { registerSbom } from "../cli/commands/sbom.ts";
import { registerVerify } from "../cli/commands/verify.ts";
import { registerVersion } from "../cli/commands/version.ts";
import { registerVex } from "../cli/commands/vex.ts";
import { watchOutput } from "../cli/output.ts";

/** The commands of `cordon`, in the order its help shows them. One file each; what is heavy they load when they run. */
const COMMANDS = [
  registerAssess,
  registerFile,
  registerExplain,
  registerIntel,
  registerVex,
  registerSbom,
  registerEvidence,
  registerDisclosure,
  registerControls,
  registerClocks,
  registerLedger,
  registerVerify,
  registerKeys,
  registerDoctor,
  registerPurl,
  registerVersion,
  registerCvss,
];

const program = new Command("cordon")
  .description("Runs a medical device security program: one living security file per device release.")
  .version("0.1.0", "-V, --version")
  .enablePositionalOptions()
  .exitOverride()
  .addHelpText("after", "\nExample:\n  cordon assess device-sbom.cdx.json --intel intel.db");
for (const register of COMMANDS) register(program);
program.configureOutput({ outputError: (text, write) => write(text.replace(/^error:/, "cordon:")) });
for (const command of descendants(program)) command.exitOverride().copyInheritedSettings(program);

watchOutput();
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}

function descendants(command: Command): Command[] {
  return command.commands.flatMap((child) => [child as Command, ...descendants(child as Command)]);
}
