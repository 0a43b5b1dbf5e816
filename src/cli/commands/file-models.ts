import { type Command, Option } from "commander";
import { FORMAT_NAMES, type FormatName } from "../../features/security-file/formats/schema.ts";
import { runAction } from "../run-action.ts";

interface ImportOptions {
  to: string;
  release?: string;
  format: FormatName | "auto";
  merge?: boolean;
  force?: boolean;
  losses?: string;
}

interface ExportOptions {
  release?: string;
  format: FormatName;
  output?: string;
  force?: boolean;
  losses?: string;
}

/** `cordon file import` and `cordon file export`: models of other tools. */
export function addModelCommands(file: Command): void {
  file
    .command("import")
    .description("bring a threat model of another tool into a security file, and say what did not fit")
    .argument("<model>", "a model of Threat Dragon, OTM, TM-BOM, CycloneDX, Threagile or pytm, known by content")
    .requiredOption("--to <path>", "the security file (.yaml, .json), its folder, or a device folder")
    .option("--release <version>", "of a device folder: the release (default: the last)")
    .addOption(new Option("--format <format>", "what it is").choices(["auto", ...FORMAT_NAMES]).default("auto"))
    .option("--merge", "into the file that is there: its items keep their ids, nothing is taken out")
    .option("--force", "write over the file that is there")
    .option("--losses <file>", "write what did not fit as JSON")
    .addHelpText("after", IMPORT_EXAMPLE)
    .action((model: string, { to, format, ...options }: ImportOptions) =>
      runAction(async () => {
        const { runImport } = await import("../file/run-import.ts");
        return runImport({
          model,
          to,
          format,
          release: options.release ?? null,
          merge: options.merge === true,
          force: options.force === true,
          losses: options.losses ?? null,
        });
      }),
    );
  file
    .command("export")
    .description("write a security file in a public format, and say what the format has no place for")
    .argument("<path>", "a security file, its folder, or a device folder")
    .option("--release <version>", "of a device folder: the release (default: the last)")
    .addOption(new Option("--format <format>", "the format").choices([...FORMAT_NAMES]).makeOptionMandatory())
    .option("--output <file>", "where to (default: standard output)")
    .option("--force", "write over a file that is there")
    .option("--losses <file>", "write what was lost as JSON")
    .addHelpText("after", EXPORT_EXAMPLE)
    .action((path: string, { format, ...options }: ExportOptions) =>
      runAction(async () => {
        const { runExport } = await import("../file/run-export.ts");
        return runExport({
          path,
          format,
          release: options.release ?? null,
          output: options.output ?? null,
          force: options.force === true,
          losses: options.losses ?? null,
        });
      }),
    );
}

const IMPORT_EXAMPLE = `
Example:
  cordon file import pump.threat-dragon.json --to devices/pump/security-file
  cordon file import model.otm --to pump.yaml --merge --losses losses.json

Exit codes: 0 written, 2 the model or the file cannot be read, or a file is there already.`;

const EXPORT_EXAMPLE = `
Example:
  cordon file export examples/infusion-pump --format threat-dragon --output pump.json

Exit codes: 0 written, 2 the file cannot be read, or a file is there already.`;
