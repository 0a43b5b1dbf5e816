import type { Assessment } from "../../features/intel/assess/schema.ts";
import { plain } from "../run-action.ts";
import type { Style } from "../style.ts";
import { supportSentence, supportSummary } from "./support.ts";

const SHOWN = 12;
const NAME_WIDTH = 34;

/** The support block of the table: one line for each part, or for each release of a distribution. */
export function supportLines(assessment: Assessment, style: Style, all: boolean): string[] {
  const summary = supportSummary(assessment);
  if (summary === null) return [];
  const shown = all ? summary.groups : summary.groups.slice(0, SHOWN);
  const rest = summary.groups.length - shown.length;
  const clipped = shown.map((group) => ({ ...group, name: clip(plain(group.what)) }));
  const width = Math.max(0, ...clipped.map(({ name }) => name.length));
  return [
    style.strong("Support"),
    ...clipped.map(({ name, state, newest, urgent }) => {
      const text = `${name.padEnd(width)}  ${state}${newest === null ? "" : `; newest of its cycle ${plain(newest)}`}`;
      return `  ${urgent ? style.warn(text) : text}`;
    }),
    ...(rest > 0 ? [style.quiet(`  … and ${rest} more (--all shows them)`)] : []),
    style.quiet(`  ${supportSentence(summary)}`),
  ];
}

const clip = (text: string) => (text.length > NAME_WIDTH ? `${text.slice(0, NAME_WIDTH - 1)}…` : text);
