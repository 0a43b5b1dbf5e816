import { escapeHtml } from "../../../lib/html.ts";

/** Markup that is ready; everything else that goes into a page is text. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | null | false | readonly Part[];

/** A piece of a page: whatever stands in `${}` is shown as text, unless it was made here. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  markup: strings.map((text, i) => text + (i < parts.length ? show(parts[i] ?? null) : "")).join(""),
});

function show(part: Part): string {
  if (part === null || part === false) return "";
  if (typeof part === "string" || typeof part === "number") return escapeHtml(String(part));
  return isParts(part) ? part.map(show).join("") : part.markup;
}

const isParts = (part: Part): part is readonly Part[] => Array.isArray(part);

/** Paragraphs of plain text, its line breaks kept. */
export const paragraphs = (text: string): Html[] =>
  text.split(/\n{2,}/).map((paragraph) => html`<p class="words">${paragraph}</p>`);
