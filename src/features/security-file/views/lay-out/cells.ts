import type { Rect } from "./elk.ts";
import { overlaps } from "./route.ts";

const SIZE = 160;

/** Rectangles that are found by where they are, without looking at all of them. */
export class Cells<T> {
  readonly #cells = new Map<string, { rect: Rect; value: T }[]>();

  add(rect: Rect, value: T): void {
    const item = { rect, value };
    for (const key of keysOf(rect)) {
      const cell = this.#cells.get(key);
      if (cell === undefined) this.#cells.set(key, [item]);
      else cell.push(item);
    }
  }

  /** How many of them a rectangle overlaps. */
  count(rect: Rect): number {
    return this.#overlapping(rect).size;
  }

  valuesIn(rect: Rect): Set<T> {
    return new Set([...this.#overlapping(rect)].map(({ value }) => value));
  }

  #overlapping(rect: Rect): Set<{ rect: Rect; value: T }> {
    const found = new Set<{ rect: Rect; value: T }>();
    for (const key of keysOf(rect))
      for (const item of this.#cells.get(key) ?? []) if (overlaps(item.rect, rect)) found.add(item);
    return found;
  }
}

function* keysOf({ x, y, width, height }: Rect): Generator<string> {
  for (let column = Math.floor(x / SIZE); column <= Math.floor((x + width) / SIZE); column++)
    for (let row = Math.floor(y / SIZE); row <= Math.floor((y + height) / SIZE); row++) yield `${column} ${row}`;
}
