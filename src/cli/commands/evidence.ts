import { Argument, type Command, Option } from "commander";
import { EvidenceKind } from "../../features/evidence/schema.ts";
import { runAction } from "../run-action.ts";

interface AddOptions {
  release?: string;
  control: string[];
  test: string[];
  from?: string;
  until?: string;
  as?: EvidenceKind;
  note?: string;
  dryRun?: true;
  failOnOpen?: true;
  server?: string;
  key?: string;
}

interface ShowOptions {
  as?: EvidenceKind;
  format: "table" | "json";
}

export function registerEvidence(program: Command): void {
  const evidence = program
    .command("evidence")
    .description("results of tests and scans: what they prove, and giving them to a server");
  evidence
    .command("add")
    .description("give a release files that prove its controls; for build pipelines")
    .argument("<files...>", "their kind is known by their content")
    .option("--release <id>", "the release's id, as in its page's address")
    .option("--control <id>", "a control it proves, as in the security file; several times", collect, [])
    .option("--test <id>", "a test it is the result of, as in the security file; several times", collect, [])
    .option("--from <day>", "first day it proves (default: when it was performed)")
    .option("--until <day>", "last day it proves (default: as long as the control's freshness allows)")
    .addOption(new Option("--as <kind>", "refuse files of another kind").choices(EvidenceKind.options))
    .option("--note <text>", "what somebody should know about it")
    .option("--dry-run", "say what is recognised, and send nothing")
    .option("--fail-on-open", "exit with 1 when a finding in it has no disposition")
    .option("--server <url>", "the server (default: $CORDON_URL)")
    .option(
      "--key <key>",
      "an API key that may evidence:add (default: $CORDON_API_KEY, which keeps it out of process lists)",
    )
    .addHelpText("after", ADD_EXAMPLE)
    .action((files: string[], options: AddOptions) =>
      runAction(async () => {
        const { runAdd } = await import("../evidence/run-add.ts");
        return runAdd({
          files,
          releaseId: options.release ?? null,
          controls: options.control,
          tests: options.test,
          from: options.from ?? null,
          until: options.until ?? null,
          expect: options.as ?? null,
          note: options.note ?? null,
          dryRun: options.dryRun === true,
          failOnOpen: options.failOnOpen === true,
          server: options.server ?? process.env.CORDON_URL ?? null,
          key: options.key ?? process.env.CORDON_API_KEY ?? null,
        });
      }),
    );
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

const collect = (value: string, before: string[]): string[] => [...before, value];

const ADD_EXAMPLE = `
Example:
  CORDON_URL=https://cordon.example CORDON_API_KEY=… cordon evidence add codeql.sarif --release 0192… --control signed-updates

Exit codes: 0 stored, 1 a finding has no disposition (--fail-on-open), 2 a file, the key or the server refuses.`;
