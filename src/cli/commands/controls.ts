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
}

const LIST_EXAMPLE = `
Example:
  cordon controls list iec-62443-4-2

Exit codes: 0 printed, 2 there is no such catalogue.`;

const SHOW_EXAMPLE = `
Example:
  cordon controls show FDA-INT-6

Exit codes: 0 printed, 2 there is no such control.`;
