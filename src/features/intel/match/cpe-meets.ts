import { type Cpe, type CpeAttribute, cpeCovers, parseCpe } from "../identity/cpe.ts";

/** Attributes besides vendor, product, version and update: those are found by key and by range, or must agree. */
const NARROWING: readonly CpeAttribute[] = [
  "part",
  "edition",
  "language",
  "swEdition",
  "targetSw",
  "targetHw",
  "other",
];

/** Operating systems as NVD's `target_sw` names them: a record for one of them says nothing about a part that runs elsewhere. */
const FOREIGN_SYSTEMS = new Set([
  "windows",
  "macos",
  "mac_os_x",
  "mac_os",
  "android",
  "iphone_os",
  "ios",
  "ipados",
  "chrome_os",
]);

/** The name if it is a CPE name, else null. */
export function readCpe(text: string): Cpe | null {
  try {
    return parseCpe(text);
  } catch {
    return null;
  }
}

/**
 * Whether a record's pattern and a component's name can mean one product. What the SBOM leaves open (`*`) does not exclude,
 * except a foreign operating system: SBOM tools leave most attributes open, and a strict reading would miss them all.
 */
export function cpeMeets(pattern: Cpe, name: Cpe): boolean {
  const narrowed = { ...pattern };
  for (const attribute of NARROWING) {
    if (name[attribute] !== "any") continue;
    if (attribute === "targetSw" && FOREIGN_SYSTEMS.has(textOf(pattern.targetSw))) return false;
    narrowed[attribute] = "any";
  }
  if (name.update === "any" && pattern.update === "na") narrowed.update = "any";
  return cpeCovers({ ...narrowed, version: "any", vendor: "any", product: "any" }, name);
}

/** Whether one of the names lies within the platform pattern, open attributes of the name aside. */
export function platformPresent(pattern: Cpe, names: readonly Cpe[]): boolean {
  return names.some((name) => {
    const narrowed = { ...pattern };
    for (const attribute of [...NARROWING, "version", "update"] as const)
      if (name[attribute] === "any") narrowed[attribute] = "any";
    return cpeCovers(narrowed, name);
  });
}

const textOf = (value: Cpe["targetSw"]) =>
  Array.isArray(value) && value.length === 1 && typeof value[0] === "string" ? value[0] : "";
