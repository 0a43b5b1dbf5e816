import { Fault } from "../../lib/fault.ts";

/** Fault `not_found`. */
export function refuseUnknown(what: string, id: string): never {
  throw new Fault("not_found", `There is no ${what} ${id}`, { at: "id" });
}

/** Fault `conflict` when what was seen is not what is there now. */
export function refuseStale(seen: number, now: number): void {
  if (seen !== now)
    throw new Fault("conflict", "Someone changed this since you opened it", {
      at: "revision",
      fix: `Look at it again; it is at revision ${now}`,
    });
}
