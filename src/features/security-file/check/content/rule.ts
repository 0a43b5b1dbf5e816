import type { Entry } from "../../links.ts";
import type { Model } from "../../model/look-up.ts";
import type { WeighedRisk } from "../../risk/schema.ts";
import type { Item, ItemKind, Problem } from "../../schema.ts";
import type { Rule, TraceGap } from "../../trace/schema.ts";

/** A part of an SBOM, as far as a check needs it. */
export interface SbomPart {
  group: string | null;
  name: string;
  version: string | null;
  purl: string | null;
}

/** What a check looks at besides the file. Null: not known here, and what needs it is not asked. */
export interface CheckContext {
  model: Model;
  /** Where the chain breaks. */
  gaps: readonly TraceGap[];
  /** Risks by what their threats reach, by id. Empty: the model is too large to follow its ways. */
  weighed: ReadonlyMap<string, WeighedRisk>;
  /** The day for which ages are counted, `YYYY-MM-DD`. */
  asOf: string | null;
  sbom: readonly SbomPart[] | null;
  /** SHA-256 of a file beside the security file; null: it is not there. */
  hashOf: ((file: string) => string | null) | null;
}

export interface Found {
  at: { kind: ItemKind; item: { id: string; name: string } } | null;
  field?: string;
  message: string;
  /** Where it is more exact than the rule's own. */
  fix?: string;
}

/** One thing a security file must say: by whom it is asked, how it is found missing, and what to do. */
export interface ContentRule {
  id: string;
  title: string;
  /** The section that asks for it. */
  section: string;
  fix: string;
  severity?: Problem["severity"];
  find(context: CheckContext): Iterable<Found>;
}

export const of = <K extends ItemKind>(kind: K, item: Item<K>): Entry => ({ kind, item }) as Entry;

/** What the trace found of a rule. */
export const traced = ({ gaps }: CheckContext, rule: Rule): Found[] =>
  gaps
    .filter((gap) => gap.rule === rule)
    .map(({ at, field, message, fix }) => ({
      at: at === null ? null : { kind: at.kind, item: at },
      field: field ?? "",
      message,
      fix,
    }));

/** “a, b and 3 more” of ids or names that can be very many. */
export const few = (names: readonly string[], most = 5): string =>
  names.length <= most ? names.join(", ") : `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
