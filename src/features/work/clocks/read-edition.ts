import { LineCounter, parseDocument } from "yaml";
import type * as z from "zod";
import { Fault } from "../../../lib/fault.ts";
import { complexKeyAt } from "../../../lib/yaml-keys.ts";
import { ClockEdition, HolidayCalendar } from "./schema.ts";

export interface ClockCatalogue {
  editions: readonly ClockEdition[];
  holidays: ReadonlyMap<string, HolidayCalendar>;
}

interface NamedText {
  name: string;
  text: string;
}

/** Reads the catalogue's files. Fault `bad_configuration` names the file, the line and the field that is wrong. */
export function readCatalogue(editions: readonly NamedText[], calendars: readonly NamedText[]): ClockCatalogue {
  const holidays = new Map(calendars.map((file) => readFile(file, HolidayCalendar)).map((one) => [one.calendar, one]));
  const read = editions.map((file) => ({ name: file.name, edition: readFile(file, ClockEdition) }));
  const ids = new Set(read.flatMap(({ edition }) => edition.clocks.map((clock) => clock.id)));
  const seen = new Set<string>();
  for (const { name, edition } of read) {
    const named = `${edition.instrument}-${edition.edition}.yaml`;
    if (name !== named) throw bad(name, `The file of this edition is called ${named}`);
    for (const clock of edition.clocks) {
      const key = `${clock.id} ${edition.edition}`;
      if (seen.has(key)) throw bad(name, `The clock ${clock.id} stands here twice`);
      seen.add(key);
      if (!clock.id.startsWith(`${edition.instrument}.`))
        throw bad(name, `The clock ${clock.id} does not begin with its instrument, ${edition.instrument}`);
      if (clock.startsAfter !== undefined && !ids.has(clock.startsAfter))
        throw bad(name, `${clock.id} starts after ${clock.startsAfter}, which is in no edition`);
      if ("holidays" in clock.due && clock.due.holidays !== null && !holidays.has(clock.due.holidays))
        throw bad(name, `${clock.id} counts by the holidays ${clock.due.holidays}, which are not there`);
    }
  }
  return { editions: read.map(({ edition }) => edition), holidays };
}

function readFile<T>({ name, text }: NamedText, shape: z.ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const at = (offset: number | undefined) => (offset === undefined ? name : `${name}:${lines.linePos(offset).line}`);
  const [broken] = document.errors;
  if (broken !== undefined) throw bad(at(broken.pos[0]), `This is not YAML: ${broken.message}`);
  const complex = complexKeyAt(document);
  if (complex !== null) throw bad(at(complex), "A key is a list or a map");
  const parsed = shape.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).map((step) => (typeof step === "symbol" ? step.description : step));
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const range = (node as { range?: [number, number, number] } | null | undefined)?.range;
  throw bad(at(range?.[0]), `${path.join(".")}: ${issue?.message ?? "wrong"}`);
}

const bad = (at: string, reason: string) =>
  new Fault("bad_configuration", reason, { at, fix: "Restore the catalogue's files of this release" });
