import { randomUUIDv7 } from "node:crypto";

/** A new UUIDv7 (RFC 9562): keys made by the application, in order of time, so that a cluster needs no sequence. */
export const newId = (): string => randomUUIDv7();
