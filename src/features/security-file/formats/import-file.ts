import { Fault } from "../../../lib/fault.ts";
import type { JsonValue } from "../../../lib/json.ts";
import type { SecurityFile } from "../schema.ts";
import { FORMATS, formatNamed } from "./formats.ts";
import { parseModel } from "./parse-model.ts";
import type { Format } from "./port.ts";
import { LossLog } from "./reading/loss-log.ts";
import type { FormatName, LossReport } from "./schema.ts";

export interface Imported {
  file: SecurityFile;
  report: LossReport;
}

/**
 * Reads a model in a public format, known by its content unless `format` says it. Everything that did not fit is in the report.
 * Faults `bad_input` with place and fix, `too_large` beyond the limits.
 */
export function importFile(text: string, { name, format }: { name: string; format: FormatName | "auto" }): Imported {
  const log = new LossLog();
  const value = parseModel(text, name, log);
  const found = format === "auto" ? recognize(value, name) : checked(formatNamed(format), value, name);
  try {
    const file = found.read(value, log);
    return { file, report: { format: found.name, direction: "import", total: log.total, losses: log.losses } };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const at = error.at === undefined ? name : `${name}#${error.at}`;
    throw new Fault(error.code, error.message, {
      at,
      ...(error.fix !== undefined && { fix: error.fix }),
      cause: error,
    });
  }
}

const KNOWN = () => FORMATS.map(({ title }) => title).join(", ");

function recognize(value: JsonValue, name: string): Format {
  const found = FORMATS.find((format) => format.recognize(value));
  if (found !== undefined) return found;
  throw new Fault("bad_input", "It is no threat model in a format that is known here", {
    at: name,
    fix: `Known are ${KNOWN()}`,
  });
}

function checked(format: Format, value: JsonValue, name: string): Format {
  if (format.recognize(value)) return format;
  const other = FORMATS.find((one) => one.recognize(value));
  const looks = other === undefined ? "" : `; it looks like ${other.title}`;
  throw new Fault("bad_input", `It is no model of ${format.title}${looks}`, {
    at: name,
    fix: "Leave --format out, and the format is found by the content",
  });
}
