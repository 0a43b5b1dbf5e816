import { type Command, Option } from "commander";
import { runAction } from "../run-action.ts";

interface UploadOptions {
  server?: string;
  key?: string;
  release: string;
  wait: boolean;
  failOn?: "exploited" | "critical" | "high" | "any";
}

export function registerSbom(program: Command): void {
  const sbom = program.command("sbom").description("SBOMs of releases on a Cordon server");
  sbom
    .command("upload")
    .description("give a release its SBOM and say what is found in it; for build pipelines")
    .argument("<file>", "CycloneDX or SPDX, known by content")
    .requiredOption("--release <id>", "the release's id, as in its page's address")
    .option("--server <url>", "the server (default: $CORDON_URL)")
    .option(
      "--key <key>",
      "an API key that may sbom:upload, device:read (default: $CORDON_API_KEY, which keeps it out of process lists)",
    )
    .option("--no-wait", "do not wait for the findings")
    .addOption(
      new Option("--fail-on <what>", "exit with 1 when an open finding is this bad").choices([
        "exploited",
        "critical",
        "high",
        "any",
      ]),
    )
    .addHelpText("after", EXAMPLE)
    .action((file: string, options: UploadOptions) =>
      runAction(async () => {
        const { runUpload } = await import("../sbom/run-upload.ts");
        return runUpload({
          file,
          releaseId: options.release,
          server: options.server ?? process.env.CORDON_URL ?? null,
          key: options.key ?? process.env.CORDON_API_KEY ?? null,
          wait: options.wait,
          failOn: options.failOn ?? null,
        });
      }),
    );
}

const EXAMPLE = `
Example:
  CORDON_URL=https://cordon.example CORDON_API_KEY=… cordon sbom upload device-sbom.cdx.json --release 0192… --fail-on exploited

Exit codes: 0 uploaded, 1 an open finding closes the gate (--fail-on), 2 the input, the key or the server refuses.`;
