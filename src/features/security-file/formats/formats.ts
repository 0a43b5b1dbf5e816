import { CYCLONEDX_TM } from "./cyclonedx-tm/cyclonedx-tm.ts";
import { OTM } from "./otm/otm.ts";
import type { Format } from "./port.ts";
import { PYTM } from "./pytm/pytm.ts";
import type { FormatName } from "./schema.ts";
import { THREAGILE } from "./threagile/threagile.ts";
import { THREAT_DRAGON } from "./threat-dragon/threat-dragon.ts";
import { TM_BOM } from "./tm-bom/tm-bom.ts";

/** Every public format. Recognition asks them in this order. */
export const FORMATS: readonly Format[] = [THREAT_DRAGON, OTM, TM_BOM, CYCLONEDX_TM, THREAGILE, PYTM];

export function formatNamed(name: FormatName): Format {
  const found = FORMATS.find((format) => format.name === name);
  if (found === undefined) throw new Error(`there is no format ${name}`);
  return found;
}
