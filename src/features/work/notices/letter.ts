import { escapeHtml } from "../../../lib/html.ts";
import type { Telling } from "./schema.ts";

export type Told = Pick<Telling, "title" | "happened" | "safe" | "nextStep" | "path">;

export interface Letter {
  subject: string;
  text: string;
  html: string;
}

const MOST = 20;

/** One mail for what one person is told: each with what happened, what is safe, and the next step. At most twenty, then their number. */
export function writeLetter(
  told: readonly Told[],
  { publicUrl, organization }: { publicUrl: string; organization: string },
): Letter {
  const [first] = told;
  const shown = told.slice(0, MOST);
  const more = told.length - shown.length;
  const rest = more > 0 ? `And ${more} more: ${publicUrl}/notices` : "";
  const foot = `${organization} runs Cordon at ${publicUrl}. Choose what you are mailed: ${publicUrl}/account/notices`;
  const subject = told.length === 1 ? (first?.title ?? "") : `${told.length} notices: ${first?.title ?? ""}`;
  const blocks = shown.map(({ title, happened, safe, nextStep, path }) =>
    [title, happened, safe, `${nextStep}\n${publicUrl}${path}`].filter((part) => part !== "").join("\n\n"),
  );
  return {
    subject: oneLine(`[Cordon] ${subject}`).slice(0, 200),
    text: `${[...blocks, rest, `-- \n${foot}`].filter((part) => part !== "").join("\n\n────────\n\n")}\n`,
    html: [
      '<!doctype html><html lang="en"><meta charset="utf-8"><body style="font:16px/1.5 system-ui,sans-serif;max-width:40em">',
      ...shown.map(
        ({ title, happened, safe, nextStep, path }) =>
          `<h2 style="font-size:18px">${escapeHtml(title)}</h2>${[happened, safe].map((part) => (part === "" ? "" : `<p>${escapeHtml(part)}</p>`)).join("")}` +
          `<p><a href="${escapeHtml(publicUrl + path)}">${escapeHtml(nextStep)}</a></p>`,
      ),
      more > 0 ? `<p><a href="${escapeHtml(publicUrl)}/notices">And ${more} more</a></p>` : "",
      `<hr><p style="font-size:13px">${escapeHtml(organization)} runs Cordon. <a href="${escapeHtml(publicUrl)}/account/notices">Choose what you are mailed</a></p>`,
      "</body></html>\n",
    ].join("\n"),
  };
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
