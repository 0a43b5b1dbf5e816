import { formatPurl } from "../../../lib/purl.ts";
import type { VexPart } from "./schema.ts";
import { NO_PART } from "./take-statement.ts";

/**
 * A part of ours as statements name it. One without a package URL gets a generic one: OpenVEX names parts in no other way. One that its
 * SBOM gives no name is known by its CPE name alone.
 */
export function namedPart({
  name: stated,
  version: said,
  purl,
  cpes: all,
}: {
  name: string;
  version: string | null;
  purl: string | null;
  cpes: readonly string[];
}): VexPart {
  const [name, version] = [stated.trim() || null, said?.trim() || null];
  const cpes = all.filter((cpe) => cpe.trim() !== "");
  const own = purl?.trim() || (name === null ? null : generic(name, version));
  const ref = own ?? cpes[0] ?? null;
  return { ...NO_PART, ref, name, version, purls: own === null ? [] : [own], cpes };
}

const generic = (name: string, version: string | null): string =>
  formatPurl({ type: "generic", namespace: null, name, version, qualifiers: {}, subpath: null });
