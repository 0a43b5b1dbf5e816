import { Argument, type Command, Option } from "commander";
import { EvidenceKind } from "../../features/evidence/schema.ts";
import { runAction } from "../run-action.ts";

interface ShowOptions {
  as?: EvidenceKind;
  format: "table" | "json";
}

export function registerEvidence(program: Command): void {
  const evidence = program
    .command("evidence")
    .description("results of tests and scans: what they prove, and giving them to a server");
  evidence
    .command("show")
    .description("what a file is, known by its content, and what it found; without a server")
    .argument("<files...>", "SARIF, JUnit XML, CycloneDX, SPDX, nmap, sslscan, ZAP, Nessus, our penetration-test CSV")
    .addOption(new Option("--as <kind>", "refuse files of another kind").choices(EvidenceKind.options))
    .addOption(new Option("--format <format>", "how to print it").choices(["table", "json"]).default("table"))
    .addHelpText(
      "after",
      "\nExample:\n  cordon evidence show codeql.sarif junit.xml\n\nExit codes: 0 all were read, 2 one was refused.",
    )
    .action((files: string[], options: ShowOptions) =>
      runAction(async () => {
        const { runShow } = await import("../evidence/run-show.ts");
        return runShow({ files, expect: options.as ?? null, format: options.format });
      }),
    );
  evidence
    .command("template")
    .description("an empty form to fill in, on standard output")
    .addArgument(new Argument("<which>", "which form").choices(["pentest"]))
    .addHelpText("after", "\nExample:\n  cordon evidence template pentest > findings.csv")
    .action(() =>
      runAction(async () => {
        const { pentestTemplate } = await import("../../features/evidence/pentest-template.ts");
        const { writeOut } = await import("../output.ts");
        writeOut(pentestTemplate());
        return 0;
      }),
    );
}
