import { keyParts, nameKey } from "./key.ts";
import type { RankIndex } from "./open-index.ts";
import { AROUND_WORDS, KEY_WORDS, saidOf } from "./said.ts";

/**
 * Keys under which the second file says something else than the first, as the components that are asked about under them know them
 * (`askedKeys`). Null when any component may be touched: other ecosystems change what silence means, other
 * dates of support whatever they are of; or when a file does not keep what would tell.
 */
export function changedKeys(before: RankIndex, after: RankIndex): Set<string> | null {
  const was = before.said() ?? saidOf(before);
  const is = was === null ? null : (after.said() ?? saidOf(after));
  if (was === null || is === null) return null;
  for (let word = 0; word < AROUND_WORDS; word++) if (was[word] !== is[word]) return null;
  const changed = new Set<string>();
  const leads = [before, after].map((index) => ({ index, leadingTo: index.allLeadingTo() }));
  for (const text of new Set([...keysOnlyIn(before, was, is), ...keysOnlyIn(after, is, was)]))
    for (const { index, leadingTo } of leads)
      for (const one of [text, ...(leadingTo.get(index.find(text)) ?? []).map((key) => index.keyText(key))]) {
        changed.add(one);
        const { kind, second } = keyParts(one);
        if (kind === "c") changed.add(nameKey(second));
      }
  return changed;
}

/** Texts of the keys whose words the other file has under no key. */
function keysOnlyIn(index: RankIndex, said: Uint32Array, other: Uint32Array): string[] {
  const isInOther = lookup(other);
  const texts: string[] = [];
  for (let key = 0, at = AROUND_WORDS; at < said.length; key++, at += KEY_WORDS)
    if (!isInOther(said, at)) texts.push(index.keyText(key));
  return texts;
}

/** Finds the words of a key among those of a file by open addressing: they are hashes, so their first word spreads them. */
function lookup(said: Uint32Array): (words: Uint32Array, at: number) => boolean {
  let size = 16;
  while (size < ((said.length - AROUND_WORDS) / KEY_WORDS) * 2) size *= 2;
  const slots = new Uint32Array(size);
  for (let at = AROUND_WORDS; at < said.length; at += KEY_WORDS) {
    let slot = (said[at] ?? 0) & (size - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot] = at;
  }
  return (words, at) => {
    for (let slot = (words[at] ?? 0) & (size - 1); slots[slot] !== 0; slot = (slot + 1) & (size - 1))
      if (areSame(said, slots[slot] ?? 0, words, at)) return true;
    return false;
  };
}

function areSame(one: Uint32Array, from: number, other: Uint32Array, at: number): boolean {
  for (let word = 0; word < KEY_WORDS; word++) if (one[from + word] !== other[at + word]) return false;
  return true;
}
