import type { Command } from "commander";
import { runAction } from "../run-action.ts";

export function registerVerify(program: Command): void {
  program
    .command("verify")
    .description("check an exported ledger, offline: true, or the first record that is not")
    .argument("<file>", "what `cordon ledger export` wrote")
    .option("--trust <keyfile>", "accept only these public keys (what `cordon ledger keys` prints on the other side)")
    .addHelpText("after", EXAMPLE)
    .action((file: string, options: { trust?: string }) =>
      runAction(async () => {
        const { runVerify } = await import("../ledger/run-verify.ts");
        return runVerify(file, options.trust ?? null);
      }),
    );
}

const EXAMPLE = `
Example:
  cordon verify ledger.ndjson --trust maker-keys.pem

Exit codes: 0 it verifies, 1 it does not, 2 the file cannot be read.`;
