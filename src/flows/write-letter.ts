import { createHash } from "node:crypto";
import { named } from "../features/devices/devices.ts";
import { draftLetter, statusByRelease, unitsOfLetter } from "../features/publish/letter/draft-letter.ts";
import { letterDocument, unitColumns } from "../features/publish/letter/letter-document.ts";
import { letterDocx } from "../features/publish/letter/letter-docx.ts";
import { LETTER_TEMPLATE } from "../features/publish/letter/letter-typst.ts";
import { getAdvisory, getPublisher, noteLetter, revisions } from "../features/publish/publish.ts";
import type { AdvisoryContent, Letter, LetterText } from "../features/publish/schema.ts";
import { publicUrlOf } from "../features/publish/show.ts";
import { type Db, inScope, type Scope, type Trx } from "../platform/db.ts";
import { typsetPdf } from "../platform/documents/typst.ts";

const MOST_UNITS = 2_000;
const MOST_LOOKED_AT = 50_000;

/** A letter about an advisory to everybody or to one site, in the advisory's own words, with the units it is about. */
export async function draftLetterOf(
  trx: Trx,
  scope: Scope,
  { id, site, publicUrl }: { id: string; site: string | undefined; publicUrl: string },
  now: Date,
): Promise<Letter> {
  const { content, trackingId, state } = await getAdvisory(trx, scope, id);
  const publisher = await getPublisher(trx, scope);
  const last = (await revisions.revisionsOf(trx, scope, id)).at(-1);
  const takesBack = state === "withdrawn";
  const { units, unitCount, sites } = await unitsAbout(trx, scope, content, site);
  return {
    text: draftLetter({
      content,
      trackingId,
      publisher,
      site: site ?? null,
      withdrawn: takesBack ? (last?.summary ?? "") : null,
      publicUrl: publicUrlOf(last, publisher, publicUrl),
      on: now.toISOString().slice(0, 10),
    }),
    units,
    unitCount,
    sites,
    takesBack,
  };
}

/** The units a letter to a site or to everybody lists, how many it is about, and all sites that have some. */
async function unitsAbout(trx: Trx, scope: Scope, content: AdvisoryContent, site: string | undefined) {
  const status = statusByRelease(content);
  const releaseIds = content.products.flatMap(({ releaseId }) => (status.has(releaseId) ? [releaseId] : []));
  if (releaseIds.length === 0) return { units: [], unitCount: 0, sites: [] };
  const standing = await named.sitesOfReleases(trx, scope, releaseIds);
  const found = await named.unitsOfReleases(trx, scope, { releaseIds, site }, MOST_LOOKED_AT);
  return {
    units: unitsOfLetter(content, found).slice(0, MOST_UNITS),
    unitCount: standing
      .filter((at) => site === undefined || at.site === site)
      .reduce((sum, { units }) => sum + units, 0),
    sites: [...new Set(standing.map((at) => at.site).filter((name) => name !== ""))],
  };
}

export interface LetterOrder {
  id: string;
  site: string | undefined;
  text: LetterText;
  format: "docx" | "pdf";
}

/** The letter as a person worded it, as a file; that it was made stands in the ledger with the file's hash. */
export async function exportLetter(
  db: Db,
  scope: Scope,
  { id, site, text, format }: LetterOrder,
  now: Date,
): Promise<{ bytes: Uint8Array; fileName: string }> {
  const { letter, trackingId } = await inScope(db, scope, async (trx) => {
    const advisory = await getAdvisory(trx, scope, id);
    const shown = await unitsAbout(trx, scope, advisory.content, site);
    const columns = unitColumns({ site: site ?? null, withdrawn: advisory.state === "withdrawn" });
    const publisher = await getPublisher(trx, scope);
    return {
      trackingId: advisory.trackingId,
      letter: letterDocument(advisory.trackingId, text, shown, columns, publisher),
    };
  });
  const bytes = format === "docx" ? await letterDocx(letter) : await typsetPdf(LETTER_TEMPLATE, letter, now);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await inScope(db, scope, (trx) => noteLetter(trx, scope, id, { format, sha256 }));
  return { bytes, fileName: `${trackingId}-letter.${format}` };
}
