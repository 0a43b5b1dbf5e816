import type { JsonObject } from "../../../lib/json.ts";
import type { Reading } from "./reading.ts";
import type { Sbom } from "./schema.ts";
import { mapSpdx } from "./spdx.ts";
import { spdxVersion } from "./spdx-json.ts";
import { createSpdxLayout } from "./spdx-tag-value-layout.ts";

/** SPDX 2.1 to 2.3 tag-value. Faults `bad_input` on any other version. */
export function readSpdxTagValue(reading: Reading, text: string): Sbom {
  const layout = createSpdxLayout(reading);
  for (const tag of readTags(reading, withLineFeeds(text))) {
    reading.countValue(`${tag.line}:1`);
    layout.take(tag);
  }
  const { value, line } = layout.version();
  const version = spdxVersion(value, `${reading.name}:${line}:1`);
  const locate = (object: JsonObject, pointer: string) => layout.place(object) ?? pointer;
  return mapSpdx(reading, layout.document, locate, { standard: "SPDX", version, encoding: "tag-value" });
}

export interface Tag {
  name: string;
  value: string;
  /** From 1. */
  line: number;
}

/** The tags one by one; `<text>` may run over lines; `#` begins a comment line. Anything else is reported. */
export function* readTags(reading: Reading, text: string): Generator<Tag> {
  let line = 1;
  for (let start = 0; start < text.length; line++) {
    let end = endOfLine(text, start);
    const tag = /^[ \t]*([A-Za-z]+):[ \t]*/.exec(text.slice(start, Math.min(end, start + 100)));
    const from = start + (tag?.[0].length ?? 0);
    if (tag === null) {
      const rest = text.slice(start, end).trim();
      const isComment = rest === "" || rest.startsWith("#");
      if (!isComment) reading.report(`${line}:1`, "This line is neither a tag nor a comment; it was left out.");
    } else if (text.startsWith("<text>", from)) {
      const close = text.indexOf("</text>", from);
      if (close < 0) {
        reading.report(`${line}:1`, "This <text> is never closed; the rest of the file was left out.");
        return;
      }
      yield { name: tag[1] ?? "", value: text.slice(from + 6, close), line };
      for (; end < close; line++) end = endOfLine(text, end + 1);
    } else {
      yield { name: tag[1] ?? "", value: text.slice(from, end).trim(), line };
    }
    start = end + 1;
  }
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}

/** Lines may end with LF, CR LF, or CR alone. */
function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replaceAll(/\r\n?/g, "\n") : text;
}
