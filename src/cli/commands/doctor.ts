import { type Command, Option } from "commander";
import { runAction } from "../run-action.ts";

export function registerDoctor(program: Command): void {
  program
    .command("doctor")
    .description("what is missing or unsafe in this installation, why, and what to do")
    .addOption(new Option("--format <format>", "how to write it").choices(["table", "json"]).default("table"))
    .addHelpText("after", "\nExit codes: 0 nothing bad (there may be warnings), 1 something bad.")
    .action((options: { format: "table" | "json" }) =>
      runAction(async () => {
        const { runDoctor } = await import("../doctor/run-doctor.ts");
        return runDoctor(options.format);
      }),
    );
}
