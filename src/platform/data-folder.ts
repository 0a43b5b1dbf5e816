import { homedir } from "node:os";
import { join } from "node:path";

/** Where Cordon keeps its data: `CORDON_DATA`, else `/var/lib/cordon` for root and the user's own data folder for others. */
export function dataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const { CORDON_DATA, XDG_DATA_HOME } = environment;
  if (CORDON_DATA) return CORDON_DATA;
  if (process.getuid?.() === 0) return "/var/lib/cordon";
  return join(XDG_DATA_HOME || join(homedir(), ".local", "share"), "cordon");
}
