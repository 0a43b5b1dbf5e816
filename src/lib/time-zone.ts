import { Fault } from "./fault.ts";

/** Whether a name is one of a time zone, such as `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Fault `bad_input` for a name that is none. */
export function refuseUnknownZone(timeZone: string): void {
  if (!isTimeZone(timeZone))
    throw new Fault("bad_input", `There is no time zone ${timeZone}`, {
      at: "/timeZone",
      fix: "Use a name like Europe/Berlin",
    });
}
