/** One content line of RFC 5545, 3.1: `NAME;PARAM=value:VALUE`, with the number of the line it begins on. */
export interface IcsLine {
  line: number;
  name: string;
  params: Readonly<Record<string, string>>;
  value: string;
}

/** Unfolds and splits; a line that is none is null at its place. Any text is accepted: bare LF and CR too. */
export function icsLines(text: string): (IcsLine | { line: number; broken: string })[] {
  const lines: { line: number; text: string }[] = [];
  for (const [i, part] of text.split(/\r\n|\n|\r/).entries()) {
    const last = lines.at(-1);
    if ((part.startsWith(" ") || part.startsWith("\t")) && last !== undefined) last.text += part.slice(1);
    else if (part !== "") lines.push({ line: i + 1, text: part });
  }
  return lines.map(({ line, text: whole }) => {
    const end = endOfName(whole);
    if (end === -1) return { line, broken: whole.slice(0, 40) };
    const [name = "", ...params] = splitOutsideQuotes(whole.slice(0, end), ";");
    return {
      line,
      name: name.toUpperCase(),
      params: Object.fromEntries(params.map(readParameter)),
      value: whole.slice(end + 1),
    };
  });
}

/** Where the first colon outside quotes stands. */
function endOfName(text: string): number {
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (text[i] === ":" && !quoted) return i;
  }
  return -1;
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts = [""];
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (character === separator && !quoted) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}

function readParameter(text: string): [string, string] {
  const at = text.indexOf("=");
  const value = at === -1 ? "" : text.slice(at + 1);
  return [(at === -1 ? text : text.slice(0, at)).toUpperCase(), value.replace(/^"(.*)"$/, "$1")];
}

/** TEXT of RFC 5545, 3.3.11. */
export const readText = (value: string): string =>
  value.replaceAll(/\\([\\;,nN])/g, (_, escaped: string) => (escaped.toLowerCase() === "n" ? "\n" : escaped));
