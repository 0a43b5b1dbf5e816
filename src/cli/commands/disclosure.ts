import type { Command } from "commander";
import { runAction } from "../run-action.ts";

interface MailOptions {
  server?: string;
  key?: string;
}

export function registerDisclosure(program: Command): void {
  const disclosure = program
    .command("disclosure")
    .description("vulnerabilities that outsiders report to a Cordon server");
  disclosure
    .command("mail")
    .description("open a case for one mailed report, read from standard input as a mail server's alias pipes it")
    .option("--server <url>", "the server (default: $CORDON_URL)")
    .option(
      "--key <key>",
      "an API key that may report:open and nothing else (default: $CORDON_API_KEY, which keeps it out of process lists)",
    )
    .addHelpText("after", EXAMPLE)
    .action((options: MailOptions) =>
      runAction(async () => {
        const { runMail } = await import("../disclosure/run-mail.ts");
        return runMail({
          server: options.server ?? process.env.CORDON_URL ?? null,
          key: options.key ?? process.env.CORDON_API_KEY ?? null,
          input: process.stdin,
        });
      }),
    );
}

const EXAMPLE = `
Example, in /etc/aliases of the mail server:
  psirt: "|env CORDON_URL=https://cordon.example CORDON_API_KEY=… /opt/cordon/cordon disclosure mail"

Exit codes: 0 a case was opened, or is known already, or nobody wrote (an automatic message); 75 try again later, which mail servers do;
2 the message, the key or the server refuses.`;
