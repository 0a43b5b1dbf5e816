/** Characters that no text needs and that could steer a terminal; line ends and tabs stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/g;

/** Text with line ends as `\n`, without control characters and halves of surrogate pairs. Markup stays what it is: text. */
export const plainText = (text: string): string =>
  text.replaceAll("\r\n", "\n").replaceAll("\r", "\n").replace(CONTROL, "").toWellFormed();

/** On one line, white space as single spaces. */
export const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/** At most `length` UTF-16 units, no pair split. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  return `${(/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut).trimEnd()}…`;
}
