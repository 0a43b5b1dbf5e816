import type { ClockCatalogue } from "./read-edition.ts";
import type { ClockDefinition, ClockEdition, ClockEvent } from "./schema.ts";

export interface Picked {
  edition: ClockEdition;
  definition: ClockDefinition;
}

type Trigger = { event: ClockEvent } | { after: string };

/**
 * The clocks that something on a day (`YYYY-MM-DD`, local) starts: of each instrument that is not switched off, by the newest
 * edition in force on that day. Proposals start nothing.
 */
export function pickClocks(
  { editions }: ClockCatalogue,
  trigger: Trigger,
  day: string,
  off: readonly string[],
): Picked[] {
  return inForceOn(editions, day)
    .filter((edition) => !off.includes(edition.instrument))
    .flatMap((edition) =>
      edition.clocks
        .filter((clock) =>
          "event" in trigger ? (clock.startsOn?.includes(trigger.event) ?? false) : clock.startsAfter === trigger.after,
        )
        .map((definition) => ({ edition, definition })),
    );
}

/** Of each instrument the newest edition in force on a day. */
export function inForceOn(editions: readonly ClockEdition[], day: string): ClockEdition[] {
  const newest = new Map<string, ClockEdition>();
  for (const edition of editions) {
    if (edition.inForceFrom === null || edition.inForceFrom > day) continue;
    const known = newest.get(edition.instrument);
    if (known?.inForceFrom == null || known.inForceFrom < edition.inForceFrom) newest.set(edition.instrument, edition);
  }
  return [...newest.values()];
}
