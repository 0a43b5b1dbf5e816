import type { SentencePart } from "../../features/devices/schema.ts";
import type { Today } from "../../features/work/schema.ts";
import { counted } from "../kit/words.ts";

type Said = Pick<SentencePart, "text" | "tone">;
/** What of the day the sentence speaks of. */
export type Day = Pick<Today, "noDevice" | "intel" | "newFindings" | "reports" | "mine" | "suspect" | "worse">;
const plain = (text: string): Said => ({ text, tone: "plain" });

/** The day in one sentence: what is new, what is mine, what needs a second look. */
export function todaySentence({ noDevice, intel, newFindings, reports, mine, suspect, worse }: Day): Said[] {
  const waiting: Said[] =
    reports.count === 0 ? [] : [{ text: `${counted(reports.count, "report")} from outside to read`, tone: "bad" }];
  if (noDevice && waiting.length === 0) return [{ text: "Nothing is watched yet: there is no device.", tone: "warn" }];
  if (intel.none && waiting.length === 0)
    return [{ text: "Nothing can be found yet: no advisory was read.", tone: "warn" }];
  const parts: Said[][] = waiting.length === 0 ? [] : [waiting];
  if (newFindings.count > 0)
    parts.push([
      { text: `${counted(newFindings.count, "new finding")} since yesterday`, tone: "warn" },
      ...(newFindings.exploited > 0
        ? [
            plain(", "),
            { text: `${newFindings.exploited.toLocaleString("en")} exploited in the wild`, tone: "bad" as const },
          ]
        : []),
    ]);
  if (mine.count > 0) parts.push([{ text: `${mine.count.toLocaleString("en")} in triage with you`, tone: "warn" }]);
  if (suspect.count > 0) parts.push([{ text: `${counted(suspect.count, "decision")} to look at again`, tone: "warn" }]);
  if (worse.length > 0) parts.push([{ text: `${counted(worse.length, "release")} worse than a day ago`, tone: "bad" }]);
  if (parts.length === 0) return [{ text: "Nothing new needs you.", tone: "good" }];
  return [...parts.flatMap((part, i) => (i === 0 ? part : [plain("; "), ...part])), plain(".")];
}

export const nothingWaits = ({ worse, missingSbom, endOfSupport, testFindings, proofsEnding }: Today): boolean =>
  worse.length + missingSbom.length + endOfSupport.length + testFindings.length + proofsEnding.length === 0;
