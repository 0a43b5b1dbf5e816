import { type Command, Option } from "commander";
import { runAction } from "../run-action.ts";

export function registerControls(program: Command): void {
  const controls = program
    .command("controls")
    .description("catalogues of security controls: FDA's categories, IEC 62443-4-2, MDS2, and those a user has");
  controls
    .command("list")
    .description("the catalogues that come with the program, or the controls of one")
    .argument("[catalogue]", "its name, with or without the edition")
    .addOption(new Option("--format <format>", "how to print them").choices(["table", "json"]).default("table"))
    .addHelpText("after", LIST_EXAMPLE)
    .action((catalogue: string | undefined, { format }: { format: "table" | "json" }) =>
      runAction(async () => {
        const { runList } = await import("../controls/run-list.ts");
        return runList({ catalogue: catalogue ?? null, format });
      }),
    );
  controls
    .command("show")
    .description("one control: what it asks for, what would prove it, what it is about")
    .argument("<id>", "as people write it: FDA-AUTH-1, or 'CR 1.1 RE(1)'")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .addHelpText("after", SHOW_EXAMPLE)
    .action((id: string, { format }: { format: "text" | "json" }) =>
      runAction(async () => {
        const { runShow } = await import("../controls/run-show.ts");
        return runShow({ id, format });
      }),
    );
  controls
    .command("export")
    .description("write a catalogue as OSCAL or CSV, or a selection of its controls as an OSCAL profile")
    .argument("<catalogue>", "its name, with or without the edition")
    .addOption(new Option("--format <format>", "how to write it").choices(["json", "yaml", "csv"]).default("json"))
    .option("--only <ids...>", "as a profile that selects these controls")
    .addHelpText("after", EXPORT_EXAMPLE)
    .action((catalogue: string, { format, only }: { format: "json" | "yaml" | "csv"; only?: string[] }) =>
      runAction(async () => {
        const { runExport } = await import("../controls/run-export.ts");
        return runExport({ catalogue, format, only: only ?? [] });
      }),
    );
  controls
    .command("convert")
    .description("read an OSCAL catalogue, or resolve a profile, and write the catalogue it gives")
    .argument("<file>", "an OSCAL catalogue or profile (JSON, YAML)")
    .option("--with <files...>", "the catalogues and profiles that the profile imports")
    .addHelpText("after", CONVERT_EXAMPLE)
    .action((file: string, options: { with?: string[] }) =>
      runAction(async () => {
        const { runConvert } = await import("../controls/run-convert.ts");
        return runConvert({ file, sources: options.with ?? [] });
      }),
    );
  controls
    .command("import")
    .description("give a server an OSCAL catalogue, or a profile of one that it has")
    .argument("<file>", "an OSCAL catalogue or profile (JSON, YAML)")
    .option("--server <url>", "the server (default: $CORDON_URL)")
    .option(
      "--key <key>",
      "an API key that may catalog:manage (default: $CORDON_API_KEY, which keeps it out of process lists)",
    )
    .addHelpText("after", IMPORT_EXAMPLE)
    .action((file: string, options: { server?: string; key?: string }) =>
      runAction(async () => {
        const { runImport } = await import("../controls/run-import.ts");
        return runImport({
          file,
          server: options.server ?? process.env.CORDON_URL ?? null,
          key: options.key ?? process.env.CORDON_API_KEY ?? null,
        });
      }),
    );
}

const IMPORT_EXAMPLE = `
Example:
  CORDON_URL=https://cordon.example CORDON_API_KEY=… cordon controls import NIST_SP-800-53_rev5_catalog.json

Exit codes: 0 imported, 2 the file, the key or the server refuses. What was left out is named on standard error.`;

const EXPORT_EXAMPLE = `
Example:
  cordon controls export fda-premarket --only FDA-AUTH-1 FDA-INT-6 > ours.profile.json

Exit codes: 0 written, 2 there is no such catalogue or control.`;

const CONVERT_EXAMPLE = `
Example:
  cordon controls convert LOW-baseline_profile.json --with NIST_SP-800-53_rev5_catalog.json > low.json

Exit codes: 0 written, 2 a file cannot be read. What was left out is named on standard error.`;

const LIST_EXAMPLE = `
Example:
  cordon controls list iec-62443-4-2

Exit codes: 0 printed, 2 there is no such catalogue.`;

const SHOW_EXAMPLE = `
Example:
  cordon controls show FDA-INT-6

Exit codes: 0 printed, 2 there is no such control.`;
