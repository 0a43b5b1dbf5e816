/**
 * Raise it with every change after which the same documents give another index: one that an earlier Cordon built is then built anew,
 * also where no document has changed since.
 */
export const READING_RULES = 2;
