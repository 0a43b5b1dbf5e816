/** A queue that gives the smallest first; of equals the one that came first. */
export class Heap<T> {
  readonly #items: { key: number; order: number; value: T }[] = [];
  #order = 0;

  get size(): number {
    return this.#items.length;
  }

  push(key: number, value: T): void {
    const items = this.#items;
    const item = { key, order: this.#order++, value };
    let i = items.length;
    items.push(item);
    while (i > 0) {
      const above = (i - 1) >> 1;
      const parent = items[above];
      if (parent === undefined || !isBefore(item, parent)) break;
      items[i] = parent;
      i = above;
    }
    items[i] = item;
  }

  pop(): T | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (top === undefined || last === undefined || items.length === 0) return top?.value;
    let i = 0;
    for (;;) {
      const [left, right] = [items[2 * i + 1], items[2 * i + 2]];
      const child = left !== undefined && right !== undefined && isBefore(right, left) ? right : left;
      if (child === undefined || !isBefore(child, last)) break;
      items[i] = child;
      i = child === left ? 2 * i + 1 : 2 * i + 2;
    }
    items[i] = last;
    return top.value;
  }
}

interface Placed {
  key: number;
  order: number;
}

const isBefore = (a: Placed, b: Placed) => a.key < b.key || (a.key === b.key && a.order < b.order);
