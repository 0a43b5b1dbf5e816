/** A place in JSON text: `line:column` (from 1) and JSON pointer (RFC 6901; empty for the whole document). */
export interface JsonPlace {
  at: string;
  pointer: string;
}

export interface JsonScan {
  /** The first breach of RFC 8259, null when there is none. */
  error: (JsonPlace & { reason: string }) | null;
  /** Repeated keys, at most MAX_DUPLICATES of them. */
  duplicates: JsonPlace[];
}

const MAX_DUPLICATES = 100;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}|u?[0-9a-fA-F]{0,3}$)/y;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = /[ \t\n\r]*/y;

interface Level {
  /** Keys seen so far; null in an array. */
  keys: Set<string> | null;
  /** The key or index being read. */
  step: string | number;
}

/** The slow and exact look at JSON text that `parseJson` takes only when something is wrong. No recursion. */
export function scanJson(text: string): JsonScan {
  const levels: Level[] = [];
  const duplicates: JsonPlace[] = [];
  let i = 0;

  const place = (offset: number): JsonPlace => ({
    at: lineAndColumn(text, offset),
    pointer: clip(levels.map((level) => `/${escapeStep(level.step)}`).join("")),
  });
  const fail = (reason: string, offset = i): JsonScan => ({ error: { ...place(offset), reason }, duplicates });
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = i;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) i += found.length;
    return found;
  };
  const unexpected = (wanted: string) =>
    i >= text.length ? fail(`it ends where ${wanted} is expected`) : fail(`${wanted} is expected here`);

  let expects: "value" | "value or ]" | "key" | "key or }" | "comma" = "value";
  for (;;) {
    take(SPACE);
    const char = text[i];
    const top = levels.at(-1);
    if (expects === "key" || expects === "key or }") {
      if (char === "}" && expects === "key or }") {
        i++;
        levels.pop();
        expects = "comma";
        continue;
      }
      const start = i;
      if (char !== '"' || top === undefined) return unexpected("a key in double quotes");
      const wrong = skipString();
      if (wrong !== null) return fail(wrong);
      const key = String(JSON.parse(text.slice(start, i)));
      top.step = key;
      if (top.keys?.has(key) && duplicates.length < MAX_DUPLICATES) duplicates.push(place(start));
      top.keys?.add(key);
      take(SPACE);
      if (text[i] !== ":") return unexpected("a colon");
      i++;
      expects = "value";
      continue;
    }
    if (expects === "comma") {
      if (top === undefined) return i < text.length ? fail("there is more after its end") : { error: null, duplicates };
      const closing = top.keys === null ? "]" : "}";
      if (char === closing) {
        i++;
        levels.pop();
      } else if (char === ",") {
        i++;
        if (typeof top.step === "number") top.step++;
        expects = top.keys === null ? "value" : "key";
      } else return unexpected(`a comma or ${closing}`);
      continue;
    }
    if (char === "]" && expects === "value or ]") {
      i++;
      levels.pop();
      expects = "comma";
    } else if (char === "{") {
      i++;
      levels.push({ keys: new Set(), step: "" });
      expects = "key or }";
    } else if (char === "[") {
      i++;
      levels.push({ keys: null, step: 0 });
      expects = "value or ]";
    } else if (char === '"') {
      const wrong = skipString();
      if (wrong !== null) return fail(wrong);
      expects = "comma";
    } else if (take(SCALAR) !== null) {
      expects = "comma";
    } else return unexpected("a value");
  }

  /** Moves behind the string that opens here; else stands on what is wrong in it and says what. */
  function skipString(): string | null {
    for (i++; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === QUOTE) {
        i++;
        return null;
      }
      if (code < 0x20) return "a string has a control character here";
      if (code !== BACKSLASH) continue;
      ESCAPE.lastIndex = i;
      const escaped = ESCAPE.exec(text)?.[0];
      if (escaped === undefined) return "a string has an unknown escape here";
      i += escaped.length - 1;
    }
    i = text.length;
    return "it ends inside a string";
  }
}

const clip = (pointer: string) => (pointer.length > 500 ? `${pointer.slice(0, 500)}…` : pointer);

/** `line:column`, both from 1; a column counts UTF-16 units. */
export function lineAndColumn(text: string, offset: number): string {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0 && end < offset; end = text.indexOf("\n", end + 1)) {
    line++;
    start = end + 1;
  }
  return `${line}:${offset - start + 1}`;
}

const escapeStep = (step: string | number) => String(step).replaceAll("~", "~0").replaceAll("/", "~1");
