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
  units: string[][];
  /** Said under the table when it does not hold all units; empty when it does. */
  unitsNote: string;
  closing: string[];
}

export const STATUS_WORD: Readonly<Record<VexStatus, string>> = {
  affected: "Affected",
  under_investigation: "Being looked into",
  fixed: "Fixed",
  not_affected: "Not affected",
};

export function letterDocument(
  trackingId: string,
  text: LetterText,
  { units, unitCount }: { units: readonly LetterUnit[]; unitCount: number },
  publisher: Pick<PublisherSettings, "name" | "postalAddress" | "email" | "phone" | "namespace">,
): LetterDocument {
  const section = (title: string, words: string, steps = false) =>
    words === "" ? [] : [{ title, paragraphs: linesOf(words), steps }];
  return {
    title: text.subject,
    trackingId,
    letterhead: {
      name: publisher.name,
      lines: [...linesOf(publisher.postalAddress), publisher.email, publisher.phone, publisher.namespace].filter(
        (line) => line !== "",
      ),
    },
    recipient: linesOf(text.recipient),
    on: text.on,
    salutation: text.salutation,
    sections: [
      ...section("What happened", text.whatHappened),
      ...section("What it means for patients", text.patientRisk),
      ...section("What to do now", text.whatToDo, true),
      ...section("The fix", text.fix),
      ...section("Who answers your questions", text.contact),
    ],
    unitsTitle: "Your devices",
    unitsHead: ["Device", "Release", "Serial number", "Site", "State"],
    units: units.map(({ device, release, serial, site, status }) => [
      device,
      release,
      serial,
      site,
      STATUS_WORD[status],
    ]),
    unitsNote: unitCount > units.length ? `These are the first ${units.length} of ${unitCount} units.` : "",
    closing: linesOf(text.closing),
  };
}

const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
