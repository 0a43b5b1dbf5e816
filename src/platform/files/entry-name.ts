import { Fault } from "../../lib/fault.ts";

const MAX_NAME_LENGTH = 4096;

/** An archive entry's name made safe to print: control characters could steer a terminal. */
export const printableName = (name: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
  name.slice(0, MAX_NAME_LENGTH).replace(/[\u0000-\u001f\u007f-\u009f]/g, "\ufffd");

/** A Fault when a name would leave the archive's folder. Nothing is written by name; such an archive is still hostile. */
export function refuseEntryName(name: string, at: string): Fault | undefined {
  const leaves =
    name.length > MAX_NAME_LENGTH ||
    name.includes("\0") ||
    /^([a-zA-Z]:|[/\\])/.test(name) ||
    name.split(/[/\\]/).includes("..");
  return leaves ? new Fault("bad_input", "The entry's name leaves the archive", { at }) : undefined;
}
