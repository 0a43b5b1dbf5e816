import type { VexStatus } from "../../intel/vex/schema.ts";
import type { LetterText, LetterUnit, PublisherSettings } from "../schema.ts";

/** A letter as the two writers lay it out. */
export interface LetterDocument {
  title: string;
  trackingId: string;
  letterhead: { name: string; lines: string[] };
  recipient: string[];
  on: string;
  salutation: string;
  sections: { title: string; paragraphs: string[]; steps: boolean }[];
  unitsTitle: string;
  unitsHead: string[];
  /** How wide each column is, of a hundred. */
  unitsWidths: number[];
  units: string[][];
  /** Said under the table when it does not hold all units; empty when it does. */
  unitsNote: string;
  closing: string[];
}

const STATUS_WORD: Readonly<Record<VexStatus, string>> = {
  affected: "Affected",
  under_investigation: "Being looked into",
  fixed: "Fixed",
  not_affected: "Not affected",
};

/**
 * Which columns a list of units has. A letter that goes to all customers names nobody's site: one customer must not read who the others are.
 * Of an advisory that was taken back, nothing is said of how a unit stands.
 */
export const unitColumns = ({ site, withdrawn }: { site: string | null; withdrawn: boolean }): UnitColumn[] =>
  UNIT_COLUMNS.filter(({ key }) => (key !== "site" || site !== null) && (key !== "status" || !withdrawn));

interface UnitColumn {
  key: keyof LetterUnit;
  head: string;
  share: number;
}
const UNIT_COLUMNS: readonly UnitColumn[] = [
  { key: "device", head: "Device", share: 26 },
  { key: "release", head: "Release", share: 12 },
  { key: "serial", head: "Serial number", share: 21 },
  { key: "site", head: "Site", share: 26 },
  { key: "status", head: "State", share: 15 },
];

/** What a unit has in a column. */
export const inColumn = (unit: LetterUnit, { key }: UnitColumn): string =>
  key === "status" ? STATUS_WORD[unit.status] : unit[key];

export function letterDocument(
  trackingId: string,
  text: LetterText,
  { units, unitCount }: { units: readonly LetterUnit[]; unitCount: number },
  columns: readonly UnitColumn[],
  publisher: Pick<PublisherSettings, "name" | "postalAddress" | "email" | "phone" | "namespace">,
): LetterDocument {
  const section = (title: string, words: string, steps = false) =>
    words === "" ? [] : [{ title, paragraphs: linesOf(words), steps }];
  const all = columns.reduce((sum, { share }) => sum + share, 0);
  return {
    title: plain(text.subject),
    trackingId,
    letterhead: {
      name: plain(publisher.name),
      lines: linesOf([publisher.postalAddress, publisher.email, publisher.phone, publisher.namespace].join("\n")),
    },
    recipient: linesOf(text.recipient),
    on: text.on,
    salutation: plain(text.salutation),
    sections: [
      ...section("What happened", text.whatHappened),
      ...section("What it means for patients", text.patientRisk),
      ...section("What to do now", text.whatToDo, true),
      ...section("The fix", text.fix),
      ...section("Who answers your questions", text.contact),
    ],
    unitsTitle: columns.some(({ key }) => key === "site") ? "Your devices" : "Which devices",
    unitsHead: columns.map(({ head }) => head),
    unitsWidths: columns.map(({ share }) => (100 * share) / all),
    units: units.map((unit) => columns.map((column) => plain(inColumn(unit, column)))),
    unitsNote: unitCount > units.length ? `These are the first ${units.length} of ${unitCount} units.` : "",
    closing: linesOf(text.closing),
  };
}

/** A line as XML and fonts can hold it: word processors leave control characters in what is pasted (a vertical tab ends a line). */
const plain = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\v\f\r\n\t]+/g, " ")
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, "")
    .trim();

const linesOf = (text: string): string[] =>
  text
    .split(/[\n\v\f]/)
    .map(plain)
    .filter((line) => line !== "");
