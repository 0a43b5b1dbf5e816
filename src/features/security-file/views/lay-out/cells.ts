import type { Rect } from "./elk.ts";
import { overlaps } from "./route.ts";

const SIZE = 160;
/** Cells in a row, in their number: more than any picture has. */
const ROW = 2 ** 24;

/** Rectangles that are found by where they are, without looking at all of them. */
export class Cells<T> {
  readonly #cells = new Map<number, { rect: Rect; value: T }[]>();

  add(rect: Rect, value: T): void {
    const item = { rect, value };
    for (const key of keysOf(rect)) {
      const cell = this.#cells.get(key);
      if (cell === undefined) this.#cells.set(key, [item]);
      else cell.push(item);
    }
  }

  /** Whether a rectangle overlaps one of them. */
  hasIn(rect: Rect): boolean {
    for (const key of keysOf(rect))
      for (const item of this.#cells.get(key) ?? []) if (overlaps(item.rect, rect)) return true;
    return false;
  }

  valuesIn(rect: Rect): Set<T> {
    const found = new Set<T>();
    for (const key of keysOf(rect))
      for (const { rect: other, value } of this.#cells.get(key) ?? []) if (overlaps(other, rect)) found.add(value);
    return found;
  }
}

function* keysOf({ x, y, width, height }: Rect): Generator<number> {
  for (let column = Math.floor(x / SIZE); column <= Math.floor((x + width) / SIZE); column++)
    for (let row = Math.floor(y / SIZE); row <= Math.floor((y + height) / SIZE); row++) yield column * ROW + row;
}
