import { existsSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../lib/fault.ts";
import { dataFolder } from "../platform/data-folder.ts";

/** The intelligence file to use: as named, else `CORDON_INTEL`, else `intel.db` in the data folder. */
export const intelPath = (named: string | undefined): string =>
  named ?? (process.env.CORDON_INTEL || join(dataFolder(), "intel.db"));

/** Throws `Fault` with the command that makes the file, when it is not there. */
export function requireIntel(named: string | undefined): string {
  const path = intelPath(named);
  if (existsSync(path)) return path;
  throw new Fault("not_found", "There is no intelligence file here", {
    at: path,
    fix: `Build one from feeds you have with \`cordon intel build --from FEEDS… --out ${path}\`, or name another with --intel`,
  });
}
