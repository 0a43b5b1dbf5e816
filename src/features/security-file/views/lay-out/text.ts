/** Widths of letters in shares of the font size: close to Inter's and its stand-ins', so that a server and a browser break lines alike. */
const NARROW = /[iljI.,:;'|!()[\] ]/;
const SLIM = /[tfr/\\"*-]/;
const WIDE = /[mwMW@%—…]/;

const shareOf = (letter: string): number => SHARES[letter.codePointAt(0) ?? 0] ?? OTHER;

const OTHER = 0.57;
const shareNamed = (letter: string): number =>
  NARROW.test(letter) ? 0.3 : SLIM.test(letter) ? 0.4 : WIDE.test(letter) ? 0.9 : /[A-Z]/.test(letter) ? 0.68 : OTHER;
/** Of the letters up to "…"; all further ones are as wide as most. */
const SHARES = Array.from({ length: 0x2027 }, (_, code) => shareNamed(String.fromCharCode(code)));

export function textWidth(text: string, size: number): number {
  let shares = 0;
  for (const letter of text) shares += shareOf(letter);
  return shares * size;
}

/** Cuts to a width, with "…" where something is missing. */
export function cut(text: string, size: number, width: number): string {
  const room = width / size;
  let shares = 0;
  let kept = "";
  let fits = "";
  for (const letter of text) {
    shares += shareOf(letter);
    kept += letter;
    if (shares + shareOf("…") <= room || fits === "") fits = kept;
    if (shares > room) return `${fits.trimEnd()}…`;
  }
  return text;
}

/** Breaks at spaces into at most `most` lines of a width. */
export function wrap(text: string, size: number, width: number, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  const kept = lines.slice(0, most);
  if (lines.length > most) kept[most - 1] = `${kept[most - 1] ?? ""} ${lines.slice(most).join(" ")}`;
  return kept.map((each) => cut(each, size, width));
}
