import { Fault } from "../../../lib/fault.ts";

/** A run of literal text, or `*` any characters, `?` at most one (unquoted in the formatted string). */
export type CpePiece = string | { wild: "*" | "?" };

/** ANY (`*`), not applicable (`-`), or a value in pieces; literal text is unescaped and lower-case. */
export type CpeValue = "any" | "na" | readonly CpePiece[];

export const refuseCpe = (at: string, reason: string, fix: string) =>
  new Fault("bad_input", `Not a CPE name: ${reason}`, { at, fix });

/** Most values: nothing quoted, no wildcard. */
const PLAIN = /^[\w.-]+$/;

/** A value of a formatted string: backslash quotes, bare `*` and `?` are wildcards. */
export function formattedValue(text: string, at: string): CpeValue {
  if (text === "*" || text === "") return "any";
  if (text === "-") return "na";
  if (PLAIN.test(text)) return [text.toLowerCase()];
  const pieces: CpePiece[] = [];
  let literal = "";
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === "\\") {
      if (i + 1 >= text.length) throw refuseCpe(at, "it ends in a lone backslash", "Write \\\\ for a backslash");
      literal += text.charAt(++i);
    } else if (char === "*" || char === "?") {
      if (literal !== "") pieces.push(literal);
      literal = "";
      pieces.push({ wild: char });
    } else if (/[\s\p{Cc}]/u.test(char)) throw refuseCpe(at, "it holds a blank", "Write _ for a blank");
    else literal += char.toLowerCase();
  }
  if (literal !== "") pieces.push(literal.toLowerCase());
  return pieces;
}

/** `%01` and `%02` are the wildcards `?` and `*` of a URI (NISTIR 7695, 6.1.2.1.3). */
export function uriValue(text: string, at: string): CpeValue {
  if (text === "") return "any";
  if (text === "-") return "na";
  const pieces: CpePiece[] = [];
  let literal = "";
  for (let i = 0; i < text.length; i++) {
    const code = text.charAt(i) === "%" ? Number.parseInt(text.slice(i + 1, i + 3), 16) : -1;
    if (Number.isNaN(code) || (code >= 0 && !/^%[0-9a-f]{2}/i.test(text.slice(i, i + 3))))
      throw refuseCpe(at, "broken percent-encoding", "Write % as %25");
    if (code === 1 || code === 2) {
      if (literal !== "") pieces.push(literal);
      literal = "";
      pieces.push({ wild: code === 1 ? "?" : "*" });
    } else literal += (code === -1 ? text.charAt(i) : String.fromCharCode(code)).toLowerCase();
    if (code !== -1) i += 2;
  }
  if (literal !== "") pieces.push(literal);
  return pieces;
}

/** The value as a formatted string has it. */
export function formatValue(value: CpeValue): string {
  if (value === "any") return "*";
  if (value === "na") return "-";
  const text = value.map((piece) =>
    typeof piece === "string" ? piece.replace(/[^\p{L}\p{N}_.-]/gu, "\\$&") : piece.wild,
  );
  return text.length === 1 && text[0] === "-" ? "\\-" : text.join("");
}

/** The value as a lookup key: unescaped, ANY `*`, NA `-`. */
export function keyText(value: CpeValue): string {
  if (value === "any") return "*";
  return value === "na" ? "-" : value.map((piece) => (typeof piece === "string" ? piece : piece.wild)).join("");
}
