import { isObject, type JsonObject, type JsonValue } from "../../../../lib/json.ts";
import type { Loss } from "../schema.ts";
import { fitsKept, type KeptFields, saysNothing } from "./kept.ts";
import type { LossLog } from "./loss-log.ts";
import { clip, oneLine, plainText } from "./plain-text.ts";
import { remarkLine } from "./remarks.ts";

/**
 * One object of the file that is read. It remembers which of its fields were asked for; `close` puts the others into the loss log, so
 * that nothing is left out in silence. Absent and null are the same.
 */
export class Source {
  readonly at: Loss["at"];
  readonly #value: JsonObject;
  readonly #log: LossLog;
  readonly #asked = new Set<string>();

  constructor(value: JsonObject, kind: string, pointer: string, log: LossLog) {
    this.#value = value;
    this.#log = log;
    const own = (key: string) => (Object.hasOwn(value, key) ? value[key] : undefined);
    const id = ["id", "symbolic_name", "bom-ref"].map(own).find((one) => typeof one === "string");
    const name = ["name", "title"].map(own).find((one) => typeof one === "string");
    this.at = {
      kind,
      id: typeof id === "string" ? clip(plainText(id), 300) : null,
      name: typeof name === "string" ? clip(oneLine(plainText(name)), 300) : "",
      pointer,
    };
  }

  /** The value as it stands; counts as read. */
  take(key: string): JsonValue | undefined {
    this.#asked.add(key);
    return Object.hasOwn(this.#value, key) ? (this.#value[key] ?? undefined) : undefined;
  }

  keys(): string[] {
    return Object.keys(this.#value);
  }

  lose(field: string | null, value: unknown, why: string, outcome: Loss["outcome"] = "dropped", instead = ""): void {
    this.#log.add(this.at, { field, value, why, outcome, instead });
  }

  /** Text without control characters; "" where there is none. Numbers and booleans count as their text. */
  text(...keys: string[]): string {
    const [key, value] = this.#first(keys);
    if (value === undefined) return "";
    if (typeof value === "object") {
      this.lose(key, value, "A text is expected here");
      return "";
    }
    const given = String(value);
    const text = plainText(given);
    if (text.length < given.replaceAll("\r\n", "\n").length || text !== given.replace(/\r\n?/g, "\n"))
      this.lose(key, text, "It holds control characters", "changed", "They were taken out");
    return text;
  }

  /** A name on one line, at most `length` long. */
  line(length: number, ...keys: string[]): string {
    const text = oneLine(this.text(...keys));
    if (text.length <= length) return text;
    this.lose(keys[0] ?? null, text, `It is longer than ${length} characters`, "changed", "Its end was cut off");
    return clip(text, length);
  }

  number(key: string): number | null {
    const value = this.take(key);
    if (value === undefined) return null;
    const number = typeof value === "string" && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value) ? Number(value) : value;
    if (typeof number === "number" && Number.isFinite(number)) return number;
    this.lose(key, value, "A number is expected here");
    return null;
  }

  flag(key: string): boolean | null {
    const value = this.take(key);
    if (value === undefined) return null;
    if (value === true || value === "true") return true;
    if (value === false || value === "false") return false;
    this.lose(key, value, "True or false is expected here");
    return null;
  }

  /** An object inside. */
  one(key: string, kind = this.at.kind): Source | null {
    const value = this.take(key);
    if (value === undefined) return null;
    if (isObject(value)) return this.#inside(value, kind, key);
    this.lose(key, value, "An object is expected here");
    return null;
  }

  /** An object inside, or an empty one. */
  part(key: string, kind = this.at.kind): Source {
    return this.one(key, kind) ?? this.#inside({}, kind, key);
  }

  /** What losses call it from now on. */
  call(kind: string, name: string): void {
    this.at.kind = kind;
    if (name !== "") this.at.name = name;
  }

  /** The objects of a list. */
  many(key: string, kind: string): Source[] {
    const value = this.take(key);
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.lose(key, value, "A list is expected here");
      return [];
    }
    return value.flatMap((one, i) => {
      if (isObject(one)) return [this.#inside(one, kind, key, String(i))];
      if (one !== null) this.lose(`${key}.${i}`, one, "An object is expected here");
      return [];
    });
  }

  /** The objects of a map, each with its key. */
  named(key: string, kind: string): [string, Source][] {
    const map = this.one(key, kind);
    if (map === null) return [];
    return map.keys().flatMap((name): [string, Source][] => {
      const value = map.take(name);
      if (value === undefined) return [];
      if (isObject(value)) return [[name, map.#inside({ ...value, name: value.name ?? name }, kind, name)]];
      map.lose(name, value, "An object is expected here");
      return [];
    });
  }

  /** The texts of a list, or a text alone. */
  texts(key: string): string[] {
    const value = this.take(key);
    if (value === undefined) return [];
    return (Array.isArray(value) ? value : [value]).flatMap((one) => {
      if (typeof one === "string" || typeof one === "number") return saysNothing(one) ? [] : [plainText(String(one))];
      if (one !== null) this.lose(key, one, "A text is expected here");
      return [];
    });
  }

  /** Fields that are not taken over, and why. */
  drop(why: string, ...keys: string[]): void {
    for (const key of keys) {
      const value = this.take(key);
      if (!saysNothing(value)) this.lose(key, value, why);
    }
  }

  /** Fields that have no place and need none: how a thing is drawn, who wrote the file. */
  leave(why: string, ...keys: string[]): void {
    for (const key of keys) {
      const value = this.take(key);
      if (!saysNothing(value)) this.lose(key, value, why, "not-needed");
    }
  }

  /** Fields that say nothing that is not said elsewhere: no loss. */
  pass(...keys: string[]): void {
    for (const key of keys) this.take(key);
  }

  /** Lines for the description that say what a security file has no place for. */
  keep(title: string, fields: KeptFields): string[] {
    return Object.entries(fields).flatMap(([key, field]) => {
      const value = this.take(key);
      if (value === undefined || saysNothing(value) || (field.silent !== undefined && same(value, field.silent)))
        return [];
      const clean = cleaned(value);
      const line = remarkLine(title, key, clean);
      if (!fitsKept(field, clean) || line.length > 4_000) {
        this.lose(
          key,
          value,
          fitsKept(field, clean) ? "It is too long for a remark" : "It is none of the values known here",
        );
        return [];
      }
      this.lose(key, value, "A security file has no place for it", "kept-as-text", "A line of the description says it");
      return [line];
    });
  }

  /** Everything that was not asked for is a loss. */
  close(): void {
    for (const key of Object.keys(this.#value)) {
      if (this.#asked.has(key)) continue;
      const value = this.#value[key];
      if (!saysNothing(value)) this.lose(clip(oneLine(plainText(key)), 200), value, "This field is not known here");
    }
  }

  #first(keys: readonly string[]): [string, JsonValue | undefined] {
    const found = keys.map((key): [string, JsonValue | undefined] => [key, this.take(key)]);
    return found.find(([, value]) => value !== undefined && value !== "") ?? found[0] ?? ["", undefined];
  }

  #inside(value: JsonObject, kind: string, ...steps: string[]): Source {
    const pointer = steps.map((step) => `/${clip(step, 100).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
    const inside = new Source(value, kind, `${this.at.pointer}${pointer}`, this.#log);
    // A part of a thing ("risk" of a threat) goes by the name of the thing; one of a list has its own.
    if (steps.length === 1 && kind === this.at.kind) inside.at.name ||= this.at.name;
    return inside;
  }
}

const same = (a: JsonValue, b: JsonValue) => a === b || JSON.stringify(a) === JSON.stringify(b);

/** Texts without control characters, at any depth. */
function cleaned(value: JsonValue): JsonValue {
  if (typeof value === "string") return plainText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [plainText(key), cleaned(one)]));
}
