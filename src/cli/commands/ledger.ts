import type { Command } from "commander";
import { runAction } from "../run-action.ts";

export function registerLedger(program: Command): void {
  const ledger = program.command("ledger").description("the tamper-evident record of every change");
  ledger
    .command("export")
    .description("write an organisation's ledger, signed, one record per line")
    .option("--organization <name>", "its name or id (needed when there are several)")
    .option("--out <file>", "where to write it (default: standard output)")
    .addHelpText("after", "\nExample:\n  cordon ledger export --out ledger.ndjson && cordon verify ledger.ndjson")
    .action((options: { organization?: string; out?: string }) =>
      runAction(async () => {
        const { runExport } = await import("../ledger/run-export.ts");
        return runExport(options.organization ?? null, options.out ?? null);
      }),
    );
  ledger
    .command("keys")
    .description("print the public keys that sign the ledger; give them to who verifies it")
    .addHelpText("after", "\nExample:\n  cordon ledger keys > keys.pem")
    .action(() =>
      runAction(async () => {
        const { runKeys } = await import("../ledger/run-keys.ts");
        return runKeys();
      }),
    );
}
