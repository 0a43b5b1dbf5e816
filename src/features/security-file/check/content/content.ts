import type { Problem } from "../../schema.ts";
import { clinicalRules } from "./clinical.ts";
import { controlRules } from "./controls.ts";
import { evidenceRules } from "./evidence.ts";
import { interfaceRules } from "./interfaces.ts";
import { pathRules } from "./paths.ts";
import { riskAssessmentRules } from "./risk-assessment.ts";
import { riskManagementRules } from "./risk-management.ts";
import type { CheckContext, ContentRule } from "./rule.ts";
import { testRules } from "./tests.ts";
import { threatModelRules } from "./threat-model.ts";
import { traceabilityRules } from "./traceability.ts";
import { viewRules } from "./views.ts";

/** Everything a security file must say, in the order of FDA's documents D1 to D12. */
export const CONTENT_RULES: readonly ContentRule[] = [
  ...riskManagementRules,
  ...threatModelRules,
  ...riskAssessmentRules,
  ...clinicalRules,
  ...traceabilityRules,
  ...controlRules,
  ...viewRules,
  ...pathRules,
  ...interfaceRules,
  ...testRules,
  ...evidenceRules,
];

/** What is missing from a security file, rule by rule. */
export const checkContent = (context: CheckContext): Problem[] =>
  CONTENT_RULES.flatMap((rule) =>
    [...rule.find(context)].map(({ at, field = null, message, fix }) => ({
      rule: rule.id,
      severity: rule.severity ?? "gap",
      at: at === null ? null : { kind: at.kind, id: at.item.id, name: at.item.name },
      field: field === "" ? null : field,
      message,
      fix: fix ?? rule.fix,
    })),
  );

const BY_ID = new Map(CONTENT_RULES.map((rule) => [rule.id, rule]));

/** What a rule asks, and which section asks for it. Undefined: a rule about the structure of a file. */
export const contentRule = (id: string): ContentRule | undefined => BY_ID.get(id);
