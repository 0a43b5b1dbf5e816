import type { Generated } from "kysely";
import type { Json } from "../../platform/tables.ts";
import type { ClockFacts, KeptDefinition } from "./clocks/clock-facts.ts";
import type { Evidence } from "./clocks/schema.ts";

declare module "../../platform/tables.ts" {
  interface Database {
    clock: ClockRow;
    clockSettings: ClockSettingsRow;
  }
}

export interface ClockSettingsRow {
  organizationId: string;
  timeZone: string;
  offInstruments: string[];
  revision: Generated<number>;
}

export interface ClockRow extends Omit<ClockFacts, "definition" | "startEvidence" | "stopEvidence" | "revision"> {
  organizationId: string;
  definition: Json<KeptDefinition>;
  startEvidence: Json<Evidence>;
  stopEvidence: Json<Evidence> | null;
  revision: Generated<number>;
}
