import type { Problem, SecurityFile } from "../schema.ts";
import { checkStructure } from "./structure.ts";

/** Everything that is wrong with a security file or missing from it, errors first. */
export function checkFile(file: SecurityFile): Problem[] {
  return checkStructure(file);
}
