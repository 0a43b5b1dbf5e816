import type { StringTable } from "./string-table.ts";

/** FNV-1a over UTF-16 units. Only spreads keys over slots; the text itself decides. */
const hashOf = (text: string) => hashOn(0x811c9dc5, text, 0, text.length);

function hashOn(before: number, text: string, from: number, to: number): number {
  let hash = before;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** What many keys begin with. */
export interface KeyStart {
  text: string;
  hash: number;
}

export const keyStart = (text: string): KeyStart => ({ text, hash: hashOf(text) });

/** Slots for open addressing, at most half full: slot → key number + 1, 0 for empty. */
export function buildSlots(keys: readonly string[]): Uint32Array<ArrayBuffer> {
  let size = 16;
  while (size < keys.length * 2) size *= 2;
  const slots = new Uint32Array(size);
  keys.forEach((text, number) => {
    let slot = hashOf(text) & (size - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot] = number + 1;
  });
  return slots;
}

/** The number of a key, -1 when the index does not know it. */
export function findKey(slots: Uint32Array, keyStrings: Uint32Array, strings: StringTable, text: string): number {
  const mask = slots.length - 1;
  let slot = hashOf(text) & mask;
  for (let probes = 0; probes <= mask; probes++) {
    const held = slots[slot] ?? 0;
    if (held === 0) return -1;
    if (strings.equals(keyStrings[held - 1] ?? 0, text)) return held - 1;
    slot = (slot + 1) & mask;
  }
  return -1;
}

/** Whether there is a key of this start and of what stands from `from` to `to`, all ASCII. No text is cut for it. */
export function hasKey(
  slots: Uint32Array,
  keyStrings: Uint32Array,
  strings: StringTable,
  start: KeyStart,
  text: string,
  from: number,
  to: number,
): boolean {
  const mask = slots.length - 1;
  let slot = hashOn(start.hash, text, from, to) & mask;
  for (let probes = 0; probes <= mask; probes++) {
    const held = slots[slot] ?? 0;
    if (held === 0) return false;
    if (strings.equalsJoined(keyStrings[held - 1] ?? 0, start.text, text, from, to)) return true;
    slot = (slot + 1) & mask;
  }
  return false;
}
