import { LineCounter, parseDocument } from "yaml";
import { Fault } from "../../../lib/fault.ts";
import { complexKeyAt } from "../../../lib/yaml-keys.ts";
import { DeviceFile } from "./schema.ts";

const MAX_LENGTH = 1024 * 1024;

/** Reads the text of a `device.yaml`. Throws `Fault` with line and column for YAML that is wrong, a field that is unknown or missing. */
export function readDeviceFile(text: string, name: string): DeviceFile {
  if (text.length > MAX_LENGTH)
    throw new Fault("too_large", "A device file has at most a million characters", { at: name });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const place = (offset: number | undefined) => {
    if (offset === undefined) return name;
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const [broken] = document.errors;
  if (broken !== undefined)
    throw new Fault("bad_input", `This is not YAML: ${broken.message}`, { at: place(broken.pos[0]) });
  const complex = complexKeyAt(document);
  if (complex !== null) throw new Fault("bad_input", "A key is a list or a map", { at: place(complex) });
  const parsed = DeviceFile.safeParse(toValue(document, name));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).map((step) => (typeof step === "symbol" ? step.description : step));
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const range = (node as { range?: [number, number, number] } | null | undefined)?.range;
  throw new Fault(
    "bad_input",
    `${path.length === 0 ? "The device file" : path.join(".")}: ${issue?.message ?? "wrong"}`,
    {
      at: place(range?.[0]),
      fix: "The device files in examples/ show every field; unknown ones are refused",
    },
  );
}

function toValue(document: ReturnType<typeof parseDocument>, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch (cause) {
    throw new Fault("bad_input", "The aliases of this YAML unfold too far", { at: name, cause });
  }
}
