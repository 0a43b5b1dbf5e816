import type { ClockDefinition, ClockEdition, Evidence } from "./schema.ts";

/** The definition as it stood in its edition, with what of the edition is shown beside it. */
export type KeptDefinition = ClockDefinition & Pick<ClockEdition, "title" | "market" | "source">;

/** What the database knows of a clock. */
export interface ClockFacts {
  id: string;
  clock: string;
  instrument: string;
  edition: string;
  definition: KeptDefinition;
  event: string;
  subjectType: string;
  subjectId: string;
  subjectLabel: string;
  deviceId: string | null;
  ownerId: string | null;
  ownerName: string | null;
  timeZone: string;
  startedAt: Date;
  startedBy: string;
  startEvidence: Evidence;
  recordedAt: Date;
  dueAt: Date;
  dueOn: string;
  stage: string | null;
  nextStageAt: Date | null;
  stoppedAt: Date | null;
  stoppedBy: string | null;
  stopRecordedAt: Date | null;
  stopEvidence: Evidence | null;
  voidedAt: Date | null;
  voidedBy: string | null;
  voidReason: string | null;
  revision: number;
}
