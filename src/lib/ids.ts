import { randomUUIDv7 } from "node:crypto";

/** A new UUIDv7 (RFC 9562): keys made by the application, in order of time, so that a cluster needs no sequence. */
export const newId = (): string => randomUUIDv7();

/** True for any UUID in its canonical text form. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
