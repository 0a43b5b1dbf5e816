import { EVERY, intersectionOf, pointSpan, type Span, unreadable } from "./spans.ts";
import type { Constraint } from "./vers.ts";

/** NuGet and Maven interval notation: `[1.0,2.0)`, `(,1.0]`, `[1.0]`; a bare version is itself or anything newer. */
export function bracketSpans(text: string, type: string): Span[] {
  const bare = text.trim();
  if (/^[^[\](),\s]+$/.test(bare)) return [{ ...EVERY, from: { version: bare, inclusive: true } }];
  const whole = /^\s*(?:[[(][^[\]()]*[\])]\s*(?:,\s*(?=[[(])|$))+$/;
  if (!whole.test(text)) throw unreadable(text, "Write [1.0,2.0) with a bracket on each side");
  return [...text.matchAll(/([[(])([^[\]()]*)([\])])/g)].flatMap(([part, open, inner = "", close]) => {
    const [from = "", to, more] = inner.split(",").map((side) => side.trim());
    if (more !== undefined || (to === undefined && (from === "" || open !== "[" || close !== "]")))
      throw unreadable(part, "Write [1.0,2.0) or [1.0]");
    if (to === undefined) return [pointSpan(from)];
    const bounds: Constraint[] = [];
    if (from !== "") bounds.push({ comparator: open === "[" ? ">=" : ">", version: from });
    if (to !== "") bounds.push({ comparator: close === "]" ? "<=" : "<", version: to });
    return intersectionOf(type, bounds) ?? [];
  });
}

/** Single versions joined by commas, as OpenSSL's advisories name them. */
export function listSpans(text: string): Span[] {
  return itemsOf(text).map((item) => {
    if (/[\s<>=!~|[\]()]/.test(item)) throw unreadable(item, "Write versions joined by commas");
    return pointSpan(item);
  });
}

/** nginx's advisories: `1.2.3`, `0.7.52-0.8.39`, and `0.8.40+`, which on a stable (even) branch ends with the branch. */
export function nginxSpans(text: string): Span[] {
  return itemsOf(text).map((item) => {
    const [, from = "", sign = "", to = ""] = /^(\d+(?:\.\d+)*)(?:([+-])(\d+(?:\.\d+)*)?)?$/.exec(item) ?? [];
    if (from === "" || (sign === "-") !== (to !== "")) throw unreadable(item, "Write 1.2.3, 1.2.3-1.2.9 or 1.2.3+");
    if (sign === "") return pointSpan(from);
    const start = { version: from, inclusive: true };
    if (sign === "-") return { from: start, to: { version: to, inclusive: true }, except: [] };
    const [major = 0, minor = 0] = from.split(".").map(Number);
    const branchEnds = minor % 2 === 0;
    return {
      from: start,
      to: branchEnds ? { version: `${major}.${minor + 1}.0`, inclusive: false } : null,
      except: [],
    };
  });
}

function itemsOf(text: string): string[] {
  const items = text.split(",").map((item) => item.trim());
  if (items.includes("")) throw unreadable(text, "Write versions joined by commas");
  return items;
}
