import type { ThreatRule } from "./schema.ts";

const MAX_ID = 100;

/** A threat's id from its rule and its target: the same for the same two, and a valid id of an item. */
export function proposalId(rule: ThreatRule, target: string): string {
  if (rule.together) return rule.id;
  const whole = `${rule.id}--${target}`;
  return whole.length <= MAX_ID ? whole : `${whole.slice(0, MAX_ID - 9)}-${shortHash(whole)}`;
}

/** FNV-1a, 32 bits: tells cut ids apart, and protects nothing. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
