import type { Harm } from "../../devices/schema.ts";
import type { Exploitability } from "../../risk/schema.ts";
import type { AcceptanceMatrix } from "../threats/schema.ts";
import type { Place } from "./schema.ts";

/** Where a risk stands in the organisation's matrix; by the stricter cells where one act can harm several patients (RA-9). */
export function placeIn(
  matrix: Pick<AcceptanceMatrix, "cells" | "manyPatients"> | null,
  exploitability: Exploitability | null,
  severity: Harm | null,
  isMany: boolean,
): Place {
  const used = isMany ? (matrix?.manyPatients ?? matrix?.cells) : matrix?.cells;
  const acceptability =
    exploitability === null || severity === null ? null : (used?.[exploitability][severity] ?? null);
  return { exploitability, severity, acceptability };
}
