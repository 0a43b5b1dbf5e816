import { readdir } from "node:fs/promises";

/** Every plug-in of a folder, by file name, each checked; a Fault of `check` names the file, and nothing starts with a bad one. */
export async function loadPlugIns<T>(folder: URL, check: (module: unknown, file: string) => T): Promise<T[]> {
  const files = (await readdir(folder)).filter((name) => /^[a-z0-9-]+\.(ts|js)$/.test(name)).sort();
  const modules: unknown[] = await Promise.all(files.map((file) => import(new URL(file, folder).href)));
  return modules.map((module, i) => check(module, files[i] ?? ""));
}
