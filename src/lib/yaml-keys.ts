import { type Document, isScalar, visit } from "yaml";

/**
 * Where the first key stands that is itself a list or a map (`? [a]`), as an offset into the text; null when there is none.
 * No format read here has one, and writing nested ones out as names takes time that grows without bound with their depth.
 */
export function complexKeyAt(document: Document.Parsed): number | null {
  let at: number | null = null;
  visit(document, {
    Pair(_, { key }) {
      if (key === null || isScalar(key)) return undefined;
      at = (key as { range?: [number, number, number] }).range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return at;
}
