import { type Command, Option } from "commander";
import { runAction } from "../run-action.ts";

interface ClocksOptions {
  all?: boolean;
  late?: boolean;
  format: "table" | "json";
  server?: string;
  key?: string;
}

export function registerClocks(program: Command): void {
  program
    .command("clocks")
    .description("what must be done by when, on a Cordon server: the clocks that regulations set, due first")
    .option("--all", "stopped and void ones too, due last first")
    .option("--late", "exit with 1 when one is overdue")
    .addOption(new Option("--format <format>", "how to print them").choices(["table", "json"]).default("table"))
    .option("--server <url>", "the server (default: $CORDON_URL)")
    .option(
      "--key <key>",
      "an API key that may today:read (default: $CORDON_API_KEY, which keeps it out of process lists)",
    )
    .addHelpText("after", EXAMPLE)
    .action((options: ClocksOptions) =>
      runAction(async () => {
        const { runClocks } = await import("../clocks/run-clocks.ts");
        return runClocks({
          all: options.all === true,
          failWhenLate: options.late === true,
          format: options.format,
          server: options.server ?? process.env.CORDON_URL ?? null,
          key: options.key ?? process.env.CORDON_API_KEY ?? null,
        });
      }),
    );
}

const EXAMPLE = `
Example:
  CORDON_URL=https://cordon.example CORDON_API_KEY=… cordon clocks --late

Exit codes: 0 printed, 1 one is overdue (--late), 2 the key or the server refuses.`;
