/** Null for what SPDX writes when nothing is known. */
export function assertedText(stated: string | null): string | null {
  return stated === null || /^(?:NOASSERTION|NONE)$/i.test(stated) ? null : stated;
}

/** The name in `Organization: Name (mail)` or `Person: Name (mail)`; null when nothing is asserted (SPDX 2.3, clause 7.5). */
export function agentName(stated: string | null): string | null {
  const asserted = assertedText(stated);
  if (asserted === null) return null;
  const name = asserted
    .replace(/^(?:Organization|Person|Tool)\s*:/i, "")
    .replace(/\([^()]*\)\s*$/, "")
    .trim();
  return assertedText(name === "" ? null : name);
}

/** SPDX creators by kind: people and organisations are authors, tools are tools; unmarked ones count as authors. */
export function splitCreators(creators: readonly string[]): { authors: string[]; tools: string[] } {
  const names = creators.map((creator) => ({ isTool: /^Tool\s*:/i.test(creator), name: agentName(creator) }));
  const pick = (isTool: boolean) =>
    names.flatMap((entry) => (entry.isTool === isTool && entry.name !== null ? [entry.name] : []));
  return { authors: pick(false), tools: pick(true) };
}
