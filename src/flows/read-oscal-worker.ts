/** The thread that `read-oscal-apart.ts` starts: reads one catalogue, or resolves one profile, and answers once. */

import { fromOscal } from "../features/controls/oscal/from-oscal.ts";
import { readOscal } from "../features/controls/oscal/read-oscal.ts";
import { resolveProfile } from "../features/controls/oscal/resolve-profile.ts";
import type { Catalogue, Loss } from "../features/controls/schema.ts";
import { answerOnce } from "../platform/apart.ts";

export interface Job {
  bytes: Uint8Array;
  name: string;
  /** What a profile may import. */
  sources: { name: string; catalogue: Catalogue }[];
}

export interface ReadCatalogue {
  catalogue: Catalogue;
  losses: Loss[];
}

await answerOnce(({ bytes, name, sources }: Job): ReadCatalogue => {
  const read = readOscal(bytes, name);
  if (read.model === "catalog") return { catalogue: fromOscal(read.document, name), losses: read.losses };
  const resolved = resolveProfile(read.document, sources);
  return { catalogue: resolved.catalogue, losses: [...read.losses, ...resolved.losses] };
});
