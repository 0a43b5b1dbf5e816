import type { Json } from "../../platform/tables.ts";
import type { ControlProposal, Proposed, RiskWord } from "./schema.ts";

declare module "../../platform/tables.ts" {
  interface Database {
    riskAnswer: RiskAnswerRow;
    riskDecision: RiskDecisionRow;
    componentReach: ComponentReachRow;
  }
}

export interface RiskAnswerRow {
  organizationId: string;
  id: string;
  releaseId: string;
  advisory: string;
  question: string;
  answer: string | null;
  note: string;
  proposed: Json<Proposed> | null;
  byId: string;
  byName: string;
  at: Date;
}

export interface RiskDecisionRow {
  organizationId: string;
  id: string;
  releaseId: string;
  deviceId: string;
  advisory: string;
  risk: RiskWord;
  why: string;
  proposal: Json<ControlProposal>;
  basisHash: string;
  decidedById: string;
  decidedBy: string;
  decidedAt: Date;
  learnedAt: Date;
  undoneAt: Date | null;
  undoneBy: string | null;
}

export interface ComponentReachRow {
  organizationId: string;
  releaseId: string;
  identity: string;
  functions: string[] | null;
  reason: string;
  byId: string;
  byName: string;
  at: Date;
  id: string;
}
