import { Buffer } from "node:buffer";

/** A name in plain lower-case words: no accents, no signs. Text that was read in the wrong encoding ("YhtymÃ¤") is mended. */
export function plainWords(text: string): string[] {
  return mended(text)
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/ø/g, "o")
    .replace(/[’'`]/g, "")
    .split(/[^a-z0-9+]+/)
    .map((word) => word.replace(/^\++|\++$/g, (plus) => (plus === "+" ? "+" : "")))
    .filter((word) => word !== "" && word !== "+");
}

/** UTF-8 that somebody read as Latin-1 has these pairs; the result counts only when it is good UTF-8. */
function mended(text: string): string {
  if (!/[\u00c2\u00c3][\u0080-\u00bf]/.test(text)) return text;
  const bytes = Buffer.from(text, "latin1");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return text;
  }
}
