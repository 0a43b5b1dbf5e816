/** Lines of at most `width` signs: broken at blanks where one stands in the second half of a line, else after one of `/ @ :`, else inside the word. */
export function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const blank = rest.lastIndexOf(" ", width);
    const joint = Math.max(...["/", "@", ":"].map((sign) => rest.lastIndexOf(sign, width - 1))) + 1;
    const at = blank > width / 2 ? blank : joint > width / 2 ? joint : width;
    lines.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
  return [...lines, rest].join("\n");
}
