import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./installation.ts";

/** The YAML files of a folder of `catalogs/`, by name. */
export const catalogueTexts = (folder: string): { name: string; text: string }[] =>
  readdirSync(join(ROOT, "catalogs", folder))
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(ROOT, "catalogs", folder, name), "utf8") }));
