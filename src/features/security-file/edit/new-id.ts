import { indexOf } from "../links.ts";
import type { SecurityFile } from "../schema.ts";

/** An id that nothing has yet, made of a name: "Ward gateway" becomes `ward-gateway`, the second one `ward-gateway-2`. */
export function newId(file: SecurityFile, name: string): string {
  const slug =
    name
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 60) || "item";
  const taken = indexOf(file);
  if (!taken.has(slug)) return slug;
  for (let n = 2; ; n++) if (!taken.has(`${slug}-${n}`)) return `${slug}-${n}`;
}

/** A name that no item of these has yet: "Process 3". */
export function newName(items: readonly { name: string }[], word: string): string {
  const names = new Set(items.map(({ name }) => name));
  for (let n = 1; ; n++) if (!names.has(`${word} ${n}`)) return `${word} ${n}`;
}
