import { isObject, type JsonObject, type JsonValue } from "../../../../lib/json.ts";
import { plainText } from "../reading/plain-text.ts";
import { remarkLine } from "../reading/remarks.ts";
import type { Source } from "../reading/source.ts";

export const TITLE = "CycloneDX TM-BOM";
const PREFIX = "cdx:model:";

/** The `cdx:model:` properties of one component: a list of names and texts, where a name may stand several times. */
export class Properties {
  readonly #source: Source;
  readonly #values = new Map<string, string[]>();

  constructor(source: Source) {
    this.#source = source;
    for (const one of source.many("properties", "property")) {
      const [name, value] = [one.text("name"), one.text("value")];
      one.close();
      const key = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
      this.#values.set(key, [...(this.#values.get(key) ?? []), value]);
    }
  }

  all(key: string): string[] {
    const found = this.#values.get(key) ?? [];
    this.#values.delete(key);
    return found;
  }

  put(key: string, values: string[]): void {
    this.#values.set(key, values);
  }

  text(key: string): string {
    const [first = "", ...rest] = this.all(key);
    if (rest.length > 0)
      this.#source.lose(`${PREFIX}${key}`, rest, "It stands more than once", "dropped", "The first counts");
    return first;
  }

  number(key: string): number | null {
    const text = this.text(key);
    if (text === "") return null;
    const value = Number(text);
    if (Number.isFinite(value)) return value;
    this.#source.lose(`${PREFIX}${key}`, text, "A number is expected here");
    return null;
  }

  flag(key: string): boolean | null {
    const text = this.text(key);
    return text === "true" ? true : text === "false" ? false : null;
  }

  /** What nobody asked for, as losses. */
  close(why: string): void {
    for (const [key, values] of this.#values) this.#source.lose(`${PREFIX}${key}`, values.join(", "), why);
    this.#values.clear();
  }

  /** What nobody asked for, as remarks. */
  rest(): string[] {
    return [...this.#values].map(([key, values]) => {
      const value = values.length === 1 ? (values[0] ?? "") : values;
      this.#source.lose(
        `${PREFIX}${key}`,
        value,
        "A security file has no place for it",
        "kept-as-text",
        "A line of the description says it",
      );
      return remarkLine(TITLE, plainText(key).replaceAll(": ", ":"), value);
    });
  }
}

export const property = (key: string, value: string | number | boolean): JsonObject => ({
  name: `${PREFIX}${key}`,
  value: String(value),
});

/** Remarks that a reader made, as properties again. */
export const remarkProperties = (remarks: ReadonlyMap<string, JsonValue>): JsonObject[] =>
  [...remarks].flatMap(([key, value]) =>
    [value]
      .flat()
      .filter((one) => !isObject(one))
      .map((one) => property(key, String(one))),
  );
