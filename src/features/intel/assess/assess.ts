import type { Component, Sbom } from "../../devices/sbom/schema.ts";
import type { IntelLookup } from "../match/lookup.ts";
import { matchComponents } from "../match/match.ts";
import { findingsOf, nameOf } from "./findings.ts";
import type { Assessment } from "./schema.ts";

export interface AssessInput {
  subject: Assessment["subject"];
  sboms: readonly { path: string; sbom: Sbom }[];
  /** What could not be read on the way here, besides the SBOMs' own problems. */
  problems?: Assessment["problems"];
}

export interface AssessOptions {
  now: Date;
  /** Leave out what was published later; null: everything the intelligence holds. */
  asOf: Date | null;
  /** Which parts are asked about, all without it: what is said of them is the same either way. */
  among?: (component: Component) => boolean;
}

const DAY_MS = 86_400_000;

/** What is known to be wrong with the parts of a device, on one day, by one state of the intelligence. Pure. */
export function assess(
  { subject, sboms, problems = [] }: AssessInput,
  lookup: IntelLookup,
  { now, asOf, among }: AssessOptions,
): Assessment {
  const components = componentsOf(sboms);
  const { matches, unmatched } = matchComponents(lookup, components, { asOf, among });
  return {
    assessedAt: now.toISOString(),
    asOf: (asOf ?? now).toISOString(),
    subject,
    feeds: lookup.feeds.map(({ name, newestAt }) => ({
      name,
      newestAt,
      ageDays: newestAt === null ? null : Math.max(0, Math.floor((now.getTime() - Date.parse(newestAt)) / DAY_MS)),
    })),
    components: components.length,
    findings: findingsOf(lookup, components, matches, asOf),
    unmatched: unmatched.flatMap(({ component, reason }) => {
      const part = components[component];
      return part === undefined ? [] : [{ component: nameOf(part), reason }];
    }),
    problems: [
      ...problems,
      ...sboms.flatMap(({ path, sbom }) => sbom.problems.map(({ at, reason }) => ({ at: `${path} ${at}`, reason }))),
    ],
  };
}

/** The parts an assessment looks at, each once. */
export const componentsOf = (sboms: AssessInput["sboms"]): Component[] =>
  distinct(sboms.flatMap(({ sbom }) => partsOf(sbom)));

/** The components, and what the document describes where that can be looked up itself. Files of a source tree are no parts. */
function partsOf(sbom: Sbom): Component[] {
  const { subject } = sbom;
  const components = sbom.components.filter((component) => component.type !== "file" || hasIdentity(component));
  const listed = subject === null || components.some(({ ref }) => ref === subject.ref);
  return listed || !hasIdentity(subject) ? components : [subject, ...components];
}

const hasIdentity = ({ purl, cpes }: Component) => purl !== null || cpes.length > 0;

/** A part counts as shipped where one of its places says so, or says nothing. */
const lessShipped = (a: Component, b: Component) => SHIPPED.indexOf(a.scope) < SHIPPED.indexOf(b.scope);
const SHIPPED: readonly Component["scope"][] = ["excluded", "optional", "required", undefined];

/** SBOM tools list one part at every place it was seen. */
function distinct(components: readonly Component[]): Component[] {
  const seen = new Map<string, Component>();
  for (const component of components) {
    const { group, name, version, purl, source, cpes, type } = component;
    const key = JSON.stringify([group, name, version, purl, source, cpes, type]);
    const known = seen.get(key);
    if (known === undefined || lessShipped(known, component)) seen.set(key, component);
  }
  return [...seen.values()];
}
