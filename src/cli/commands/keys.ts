import type { Command } from "commander";
import { runAction } from "../run-action.ts";

export function registerKeys(program: Command): void {
  const keys = program
    .command("keys")
    .description("keys that close stored files of this installation, beside a running server or without one");
  keys
    .command("list")
    .description("each key, and how many files it closes")
    .action(() =>
      runAction(async () => {
        const { listKeys } = await import("../keys/run-keys.ts");
        return listKeys();
      }),
    );
  keys
    .command("rotate")
    .description("make a new key, and close every stored file's key with it; files are read meanwhile")
    .addHelpText(
      "after",
      "\nExample:\n  cordon keys rotate\n\nAn interrupted run is finished by the server, or by running it again.",
    )
    .action(() =>
      runAction(async () => {
        const { rotateKeys } = await import("../keys/run-keys.ts");
        return rotateKeys();
      }),
    );
  keys
    .command("remove")
    .description("remove a key that closes nothing any more")
    .argument("<id>", "as `cordon keys list` shows it")
    .action((id: string) =>
      runAction(async () => {
        const { removeKey } = await import("../keys/run-keys.ts");
        return removeKey(id);
      }),
    );
}
