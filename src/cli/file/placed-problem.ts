import type { Problem } from "../../features/security-file/schema.ts";

/** A problem and where it stands: the file, or line and column in it. */
export type PlacedProblem = Problem & { place: string };
