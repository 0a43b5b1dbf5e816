import { type Cpe, cpeCovers, parseCpe } from "../identity/cpe.ts";

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
  if (name.targetSw === "any" && FOREIGN_SYSTEMS.has(textOf(pattern.targetSw))) return false;
  return cpeCovers(pattern, name, (attribute) => {
    if (attribute === "vendor" || attribute === "product" || attribute === "version") return true;
    if (name[attribute] !== "any") return false;
    return attribute !== "update" || pattern.update === "na";
  });
}

/** Whether one of the names lies within the platform pattern, open attributes of the name aside. */
export function platformPresent(pattern: Cpe, names: readonly Cpe[]): boolean {
  return names.some((name) =>
    cpeCovers(pattern, name, (at) => at !== "vendor" && at !== "product" && name[at] === "any"),
  );
}

const textOf = (value: Cpe["targetSw"]) =>
  Array.isArray(value) && value.length === 1 && typeof value[0] === "string" ? value[0] : "";
