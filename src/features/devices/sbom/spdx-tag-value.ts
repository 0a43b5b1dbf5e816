import type { JsonObject } from "../../../lib/json.ts";
import type { Reading } from "./reading.ts";
import type { Sbom } from "./schema.ts";
import { mapSpdx } from "./spdx.ts";
import { spdxVersion } from "./spdx-json.ts";
import { createSpdxLayout } from "./spdx-tag-value-layout.ts";

/** SPDX 2.1 to 2.3 tag-value. Faults `bad_input` on any other version. */
export function readSpdxTagValue(reading: Reading, text: string): Sbom {
  const layout = createSpdxLayout(reading);
  for (const tag of readTags(reading, text)) layout.take(tag);
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
  let line = 0;
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf("\n", start);
    if (end < 0) end = text.length;
    line++;
    const tag = /^[ \t]*([A-Za-z]+):[ \t]*/.exec(text.slice(start, Math.min(end, start + 100)));
    if (tag === null) {
      const rest = text.slice(start, end).trim();
      if (rest !== "" && !rest.startsWith("#"))
        reading.report(`${line}:1`, "This line is neither a tag nor a comment; it was left out.");
      start = end + 1;
      continue;
    }
    const name = tag[1] ?? "";
    const from = start + tag[0].length;
    if (!text.startsWith("<text>", from)) {
      yield { name, value: text.slice(from, end).trim(), line };
      start = end + 1;
      continue;
    }
    const close = text.indexOf("</text>", from);
    if (close < 0) {
      reading.report(`${line}:1`, "This <text> is never closed; the rest of the file was left out.");
      return;
    }
    yield { name, value: text.slice(from + 6, close), line };
    line += countLines(text, end, close);
    end = text.indexOf("\n", close);
    start = end < 0 ? text.length : end + 1;
  }
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf("\n", from); at >= 0 && at < to; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}
