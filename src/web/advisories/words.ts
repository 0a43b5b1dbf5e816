import type { VexJustification, VexStatus } from "../../features/intel/vex/schema.ts";
import type { AdvisoryState, PublisherCategory, RemedyKind, Tlp } from "../../features/publish/schema.ts";

export const STATE_WORD: Record<AdvisoryState, string> = {
  draft: "Draft",
  published: "Published",
  withdrawn: "Withdrawn",
};

/** CSAF 2.0 writes WHITE; TLP 2.0 calls the same CLEAR. */
export const TLP_WORD: Record<Tlp, string> = {
  WHITE: "Everybody (TLP:CLEAR)",
  GREEN: "The community (TLP:GREEN)",
  AMBER: "Only customers (TLP:AMBER)",
  RED: "Only named people (TLP:RED)",
};

export const STATUS_WORD: Record<VexStatus, string> = {
  affected: "Affected",
  under_investigation: "Being looked into",
  fixed: "Fixed",
  not_affected: "Not affected",
};

export const REASON_WORD: Record<VexJustification, string> = {
  component_not_present: "The part is not in it",
  vulnerable_code_not_present: "The vulnerable code is not in it",
  vulnerable_code_not_in_execute_path: "The vulnerable code is never run",
  vulnerable_code_cannot_be_controlled_by_adversary: "An attacker cannot reach it",
  inline_mitigations_already_exist: "It is protected already",
};

export const REMEDY_WORD: Record<RemedyKind, string> = {
  vendor_fix: "Fix",
  mitigation: "Mitigation",
  workaround: "Workaround",
  none_available: "Nothing yet",
  no_fix_planned: "No fix planned",
};

export const CATEGORY_WORD: Record<PublisherCategory, string> = {
  vendor: "Maker of devices",
  coordinator: "Coordinator",
  discoverer: "Discoverer",
  user: "User of devices",
  translator: "Translator",
  other: "Other",
};

/** Options of a select, in the order of the words. */
export const optionsOf = <K extends string>(words: Record<K, string>): { value: K; label: string }[] =>
  Object.entries<string>(words).flatMap(([value, label]) => (value in words ? [{ value: value as K, label }] : []));
