import { fstatSync, writeSync } from "node:fs";
import { Fault } from "../lib/fault.ts";

let failure: NodeJS.ErrnoException | null = null;

/** Once, before anything is written: a reader that went away (`| head`) or a full disk must not end in a crash. */
export function watchOutput(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    failure ??= error;
  });
  process.stderr.on("error", () => {});
}

/** To standard output. Into a file it is written until all of it is there: what a full disk cuts off must not pass as whole. */
export function writeOut(text: string): void {
  const { fd } = process.stdout;
  try {
    if (!fstatSync(fd).isFile()) process.stdout.write(text);
    else for (let rest: Uint8Array = Buffer.from(text); rest.length > 0; ) rest = rest.subarray(writeSync(fd, rest));
  } catch (error) {
    failure ??= error as NodeJS.ErrnoException;
  }
}

/** A reader that took what it wanted and left is no failure. */
export const isGoneReader = (error: unknown): boolean =>
  ["EPIPE", "ERR_STREAM_DESTROYED"].includes((error as NodeJS.ErrnoException | null)?.code ?? "");

/** Waits until a slow reader took everything. Throws `Fault` when the result could not be written: then nobody has it. */
export async function outputWritten(): Promise<void> {
  await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
  await new Promise((resolve) => setImmediate(resolve));
  if (failure === null || isGoneReader(failure)) return;
  throw new Fault("unavailable", `The result could not be written (${failure.code ?? failure.message})`, {
    at: "standard output",
    fix: "Write it to a place with room and run again",
    cause: failure,
  });
}
