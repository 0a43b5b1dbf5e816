import { Fault } from "../lib/fault.ts";
import { isGoneReader, outputWritten } from "./output.ts";

/**
 * Runs a command's work. What it returns is the exit code. A `Fault` becomes one paragraph on standard error: what, where,
 * what to do. Anything else is a bug and says so.
 */
export async function runAction(work: () => Promise<number>): Promise<void> {
  try {
    const exitCode = await work();
    await outputWritten();
    process.exitCode = exitCode;
  } catch (error) {
    if (isGoneReader(error)) return;
    process.exitCode = error instanceof Fault ? error.exitCode : 70;
    process.stderr.write(`${describeError(error)}\n`);
  }
}

function describeError(error: unknown): string {
  if (!(error instanceof Fault))
    return `cordon: this is a bug in Cordon, please report it.\n${error instanceof Error ? error.stack : String(error)}`;
  const sentences = [ended(error.message), ...(error.fix === undefined ? [] : [ended(error.fix)])].join(" ");
  return `cordon: ${error.at === undefined ? "" : `${plain(error.at)}: `}${plain(sentences)}`;
}

const ended = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Names come from files of others; control characters in them could steer a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
export const plain = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
