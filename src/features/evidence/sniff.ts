import { Fault } from "../../lib/fault.ts";

/** Enough of a file to know what it is. */
export const HEAD_BYTES = 16 * 1024;

export type Sniffed =
  | { form: "xml" | "json" | "text"; encoding: "utf-8" | "utf-16le" | "utf-16be" }
  | { form: "binary"; what: string };

const MAGIC: readonly { starts: readonly number[]; what: string; keep: boolean; fix?: string }[] = [
  { starts: [0x25, 0x50, 0x44, 0x46, 0x2d], what: "PDF", keep: true },
  { starts: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a], what: "PNG picture", keep: true },
  { starts: [0xff, 0xd8, 0xff], what: "JPEG picture", keep: true },
  { starts: [0x50, 0x4b, 0x03, 0x04], what: "ZIP archive", keep: false, fix: "Unpack it and give the files in it" },
  { starts: [0x50, 0x4b, 0x05, 0x06], what: "ZIP archive", keep: false, fix: "It is empty" },
  { starts: [0x1f, 0x8b], what: "gzip archive", keep: false, fix: "Unpack it (gunzip) and give the file in it" },
  { starts: [0x28, 0xb5, 0x2f, 0xfd], what: "zstd archive", keep: false, fix: "Unpack it (zstd -d)" },
  { starts: [0x42, 0x5a, 0x68], what: "bzip2 archive", keep: false, fix: "Unpack it (bunzip2)" },
  { starts: [0x37, 0x7a, 0xbc, 0xaf], what: "7z archive", keep: false, fix: "Unpack it" },
  { starts: [0x7f, 0x45, 0x4c, 0x46], what: "program", keep: false, fix: "Give a report about it" },
  { starts: [0x4d, 0x5a], what: "Windows program", keep: false, fix: "Give a report about it" },
  { starts: [0xd0, 0xcf, 0x11, 0xe0], what: "old Office file", keep: false, fix: "Save it as PDF" },
];

/** What the first bytes are. Fault `bad_input` for archives, programs, pages and pictures that can hold script, and bytes without meaning. */
export function sniff(head: Uint8Array, name: string): Sniffed {
  if (head.length === 0)
    throw new Fault("bad_input", "The file is empty.", { at: name, fix: "Check that it was written completely" });
  const magic = MAGIC.find(({ starts }) => starts.every((byte, i) => head[i] === byte));
  if (magic?.keep === true) return { form: "binary", what: magic.what };
  if (magic !== undefined)
    throw new Fault("bad_input", `This is a ${magic.what}, whatever its name says.`, {
      at: name,
      fix: magic.fix ?? "",
    });
  const encoding =
    head[0] === 0xff && head[1] === 0xfe ? "utf-16le" : head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : "utf-8";
  if (encoding === "utf-8" && head.subarray(0, HEAD_BYTES).includes(0))
    throw new Fault("bad_input", "This is no text, and no file that is known here.", {
      at: name,
      fix: "Give a report of a tool, a PDF or a picture",
    });
  const text = new TextDecoder(encoding).decode(head.subarray(0, HEAD_BYTES)).trimStart();
  if (/^<(!doctype\s+)?(html|svg)\b/i.test(withoutProlog(text)))
    throw new Fault("bad_input", "This is a web page or an SVG picture, which can hold script.", {
      at: name,
      fix: "Give the tool's XML or JSON report, or print the page to PDF",
    });
  return { form: text.startsWith("<") ? "xml" : /^[{[]/.test(text) ? "json" : "text", encoding };
}

/** The text after its XML declaration, comments and blanks. */
function withoutProlog(text: string): string {
  let rest = text;
  for (;;) {
    const end = rest.startsWith("<!--") ? rest.indexOf("-->") + 3 : rest.startsWith("<?") ? rest.indexOf("?>") + 2 : 0;
    if (end < 4) return rest;
    rest = rest.slice(end).trimStart();
  }
}
