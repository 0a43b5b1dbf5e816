import type { VexStatus } from "../../intel/vex/schema.ts";
import { clip, inWords } from "../advisory/draft.ts";
import type { AdvisoryContent, LetterText, LetterUnit, PublisherSettings } from "../schema.ts";

/** In a customer's order: what needs them first. */
const ORDER: readonly VexStatus[] = ["affected", "under_investigation", "fixed", "not_affected"];

/** How each release stands, over all vulnerabilities of the advisory: the worst counts. */
export function statusByRelease(content: AdvisoryContent): Map<string, VexStatus> {
  const found = new Map<string, VexStatus>();
  for (const { releaseId, status } of content.vulnerabilities.flatMap(({ statements }) => statements)) {
    if (status === null) continue;
    const known = found.get(releaseId);
    if (known === undefined || ORDER.indexOf(status) < ORDER.indexOf(known)) found.set(releaseId, status);
  }
  return found;
}

/** Units as a customer looks for them: the affected first, then by device, site and serial number. */
export function unitsOfLetter(
  content: AdvisoryContent,
  units: readonly { releaseId: string; serial: string; site: string }[],
): LetterUnit[] {
  const status = statusByRelease(content);
  const products = new Map(content.products.map((one) => [one.releaseId, one]));
  return units
    .flatMap(({ releaseId, serial, site }) => {
      const product = products.get(releaseId);
      const said = status.get(releaseId);
      if (product === undefined || said === undefined) return [];
      return [{ device: product.name, release: product.version, serial, site, status: said }];
    })
    .sort(
      (a, b) =>
        ORDER.indexOf(a.status) - ORDER.indexOf(b.status) ||
        compare(a.device, b.device) ||
        compare(a.site, b.site) ||
        compare(a.serial, b.serial),
    );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export interface LetterFacts {
  content: AdvisoryContent;
  trackingId: string;
  publisher: Pick<PublisherSettings, "name" | "contact" | "email" | "phone">;
  /** Null: to all customers. */
  site: string | null;
  /** What was said when the advisory was taken back; null: it stands. */
  withdrawn: string | null;
  /** Where the advisory is read; null while it is not public. */
  publicUrl: string | null;
  /** A date. */
  on: string;
}

/** A first text of the letter out of the advisory's own words; a person corrects it. */
export function draftLetter(facts: LetterFacts): LetterText {
  const { content, trackingId, publisher, site, publicUrl, on, withdrawn } = facts;
  const status = statusByRelease(content);
  const having = (wanted: VexStatus) => releasesIn(content, status, wanted);
  const affected = having("affected");
  const fixed = having("fixed");
  const remedies = content.vulnerabilities.flatMap((one) => one.remedies);
  const steps = lines(remedies.filter(({ kind }) => kind === "mitigation" || kind === "workaround"));
  const fixes = lines(remedies.filter(({ kind }) => kind !== "mitigation" && kind !== "workaround"));
  const frame = {
    recipient: site === null ? "To all customers" : site,
    on,
    salutation: "Dear customer,",
    contact: passage([
      [publisher.name, publisher.email, publisher.phone].filter((part) => part !== "").join(", "),
      publisher.contact,
      publicUrl === null ? "" : `This advisory for machines (CSAF): ${publicUrl}`,
    ]),
    closing: `With kind regards,\n${publisher.name}`,
  };
  if (withdrawn !== null)
    return {
      ...frame,
      subject: clip(`Security advisory ${trackingId} is withdrawn: ${content.title}`, 300),
      whatHappened: `We take our security advisory ${trackingId} back. What it said of your devices no longer holds.\n${withdrawn}`,
      patientRisk: "",
      whatToDo: "Ask us before you undo what you did because of it.",
      fix: "",
    };
  return {
    ...frame,
    subject: clip(`Security advisory ${trackingId}: ${content.title}`, 300),
    whatHappened: passage([
      content.summary,
      affected === "" ? "No release is known to be affected." : `Affected: ${affected}.`,
      fixed === "" ? "" : `Not vulnerable any more: ${fixed}.`,
      having("under_investigation") === "" ? "" : `Still being looked into: ${having("under_investigation")}.`,
    ]),
    patientRisk: content.harm,
    whatToDo:
      passage(steps) ||
      (affected === ""
        ? "You need to do nothing."
        : "No measure besides the fix is named yet. Call us if you cannot wait for it."),
    fix: passage(fixes) || (fixed === "" ? "" : clip(`Update to ${fixed}.`, MOST)),
  };
}

/** Of `LetterText`. */
const MOST = 20_000;
const passage = (all: readonly string[]): string => clip(all.filter((line) => line !== "").join("\n"), MOST);

const releasesIn = (content: AdvisoryContent, status: ReadonlyMap<string, VexStatus>, wanted: VexStatus): string =>
  inWords(
    [
      ...Map.groupBy(
        content.products.filter(({ releaseId }) => status.get(releaseId) === wanted),
        ({ name }) => name,
      ),
    ].map(([name, all]) => `${name} ${inWords(all.map(({ version }) => version))}`),
  );

const lines = (remedies: AdvisoryContent["vulnerabilities"][number]["remedies"]): string[] => [
  ...new Set(
    remedies.map(({ details, availableOn, url }) =>
      [details, availableOn === null ? "" : `Available from ${availableOn}.`, url]
        .filter((part) => part !== "")
        .join(" "),
    ),
  ),
];
