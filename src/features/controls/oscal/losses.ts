import { isObject, type JsonValue } from "../../../lib/json.ts";
import type { Loss } from "../schema.ts";

const MOST = 200;

/** Members of `given` that are not in `kept`, each by its JSON pointer. Beyond 200 they are counted. */
export function losses(given: JsonValue, kept: unknown): Loss[] {
  const found: Loss[] = [];
  let more = 0;
  const walk = (from: JsonValue, to: unknown, at: string): void => {
    if (Array.isArray(from) && Array.isArray(to)) {
      for (const [i, item] of from.entries()) walk(item, to[i], `${at}/${i}`);
      return;
    }
    if (!isObject(from) || typeof to !== "object" || to === null) return;
    for (const [key, value] of Object.entries(from)) {
      const place = `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      if (Object.hasOwn(to, key)) walk(value, (to as Record<string, unknown>)[key], place);
      else if (found.length < MOST) found.push({ at: place, what: `"${key}" has no place here and is left out` });
      else more++;
    }
  };
  walk(given, kept, "");
  return more === 0 ? found : [...found, { at: "", what: `${more} more members have no place here and are left out` }];
}
