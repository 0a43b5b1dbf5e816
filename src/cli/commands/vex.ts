import { type Command, Option } from "commander";
import { runAction } from "../run-action.ts";

interface UploadOptions {
  release: string;
  author?: string;
  server?: string;
  key?: string;
}

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
    .addHelpText("after", EXPORT_EXAMPLE)
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
  vex
    .command("upload")
    .description("give a release on a server what somebody says of vulnerabilities in it")
    .argument("<file>", "CycloneDX, OpenVEX, CSAF or Buildroot's ignored CVEs, known by content")
    .requiredOption("--release <id>", "the release's id, as in its page's address")
    .option("--author <name>", "whose statements they are, where the document does not say")
    .option("--server <url>", "the server (default: $CORDON_URL)")
    .option(
      "--key <key>",
      "an API key that may vex:upload (default: $CORDON_API_KEY, which keeps it out of process lists)",
    )
    .addHelpText("after", UPLOAD_EXAMPLE)
    .action((file: string, options: UploadOptions) =>
      runAction(async () => {
        const { runVexUpload } = await import("../vex/run-upload.ts");
        return runVexUpload({
          file,
          releaseId: options.release,
          author: options.author ?? null,
          server: options.server ?? process.env.CORDON_URL ?? null,
          key: options.key ?? process.env.CORDON_API_KEY ?? null,
        });
      }),
    );
}

const UPLOAD_EXAMPLE = `
Example:
  CORDON_URL=https://cordon.example CORDON_API_KEY=… cordon vex upload openssl.openvex.json --release 0192…

Exit codes: 0 uploaded, 2 the document, the key or the server refuses. Statements that are refused are named on standard error.`;

const EXPORT_EXAMPLE = `
Example:
  cordon vex export devices/pump --release 2.3.1 --format openvex > pump-2.3.1.openvex.json

Exit codes: 0 written, 2 the input or an option cannot be used. Decisions that cannot be written are named on standard error.`;
