import type { Proposal } from "../inbox/schema.ts";
import { compareVersions } from "../versions/order.ts";
import type { Decision, Justification, State } from "./schema.ts";
import { schemeOfPurl } from "./version-scheme.ts";

/** An open finding, as far as proposing needs it. */
export interface OpenFinding {
  id: string;
  revision: number;
  state: State;
  identity: string;
  componentName: string;
  componentVersion: string | null;
  purl: string | null;
  fixedIn: readonly string[];
  /** Its SBOM says, wherever it lists the part, that the device is shipped without it. */
  isExcluded: boolean;
}

/** A decision a person made about the same vulnerability. */
export interface Decided {
  id: string;
  identity: string;
  componentVersion: string | null;
  state: State;
  justification: Justification | null;
  note: string;
  suspect: boolean;
  deviceName: string;
  releaseVersion: string;
  decidedBy: string | null;
  decidedAt: Date | null;
}

/** A VEX statement that meets a finding, the newest of its source, in the terms of a decision. */
export interface MetStatement {
  findingId: string;
  statementId: string;
  decision: Decision;
  author: string;
  /** "ACME Ltd (supplier of the part; openvex.json, 2026-03-01, given by Ada)". */
  source: string;
}

export interface Known {
  decided: readonly Decided[];
  statements: readonly MetStatement[];
}

type Single = Omit<Proposal, "findings"> & { statementId: string | null };

/**
 * What we would decide about the open findings of one vulnerability. Rules in order of their weight: a VEX statement; a person's
 * decision about the same part in the same version elsewhere (only while all of them agree); its SBOM says that the device is shipped without the part; the part is the fixed version; an older version was affected and this one is still below the fix. The proposal for most findings comes first; null
 * when nothing speaks for a decision. A finding that is affected or in triage already is not proposed the same again.
 */
export function propose(findings: readonly OpenFinding[], known: Known): Proposal | null {
  const groups = new Map<string, Proposal>();
  for (const finding of findings) {
    const single = proposeFor(finding, known);
    if (single === null || single.decision.state === finding.state) continue;
    const { state, justification } = single.decision;
    const key = JSON.stringify([single.rule, state, justification, single.reason]);
    const { statementId, ...what } = single;
    const group = groups.get(key) ?? { ...what, findings: [] };
    group.findings.push({ id: finding.id, revision: finding.revision, statementId });
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.findings.length - a.findings.length)[0] ?? null;
}

const RULES = [byStatement, bySamePart, byScope, byFixedVersion, byOlderVersion];

function proposeFor(finding: OpenFinding, known: Known): Single | null {
  for (const rule of RULES) {
    const single = rule(finding, known);
    if (single !== null) return single;
  }
  return null;
}

function byStatement({ id }: OpenFinding, { statements }: Known): Single | null {
  const met = statements.filter((statement) => statement.findingId === id);
  const [first] = met;
  if (first === undefined || met.some(({ decision }) => decision.state !== first.decision.state)) return null;
  const note = first.decision.note === "" ? "" : `: ${first.decision.note}`;
  return {
    rule: "vex-statement",
    statementId: first.statementId,
    decision: { ...first.decision, note: `${first.source} states it${note}`.slice(0, MOST_NOTE) },
    reason: `${first.author} states it${note}`,
    evidence: met.map(({ source }) => ({ text: source, findingId: null })),
  };
}

function bySamePart(finding: OpenFinding, { decided }: Known): Single | null {
  const same = decided.filter(
    (other) =>
      other.id !== finding.id &&
      !other.suspect &&
      other.identity === finding.identity &&
      other.componentVersion === finding.componentVersion,
  );
  const [newest] = same;
  if (newest === undefined || same.some((other) => !agrees(other, newest))) return null;
  const what = named(finding);
  const reason = `${newest.decidedBy ?? "Somebody"} decided so for the same part, ${what}, in ${placeOf(newest)}${newest.note === "" ? "" : `: ${newest.note}`}`;
  return {
    rule: "same-part-elsewhere",
    statementId: null,
    decision: decisionOf(newest, reason),
    reason,
    evidence: same.slice(0, 5).map((other) => ({ text: placeOf(other), findingId: other.id })),
  };
}

function byScope(finding: OpenFinding): Single | null {
  if (!finding.isExcluded) return null;
  const reason = `The SBOM marks ${named(finding)} as excluded: it says the device is shipped without it`;
  return {
    rule: "excluded-by-sbom",
    statementId: null,
    decision: { state: "not-affected", justification: "code_not_present", note: reason },
    reason,
    evidence: [{ text: "CycloneDX scope: excluded", findingId: null }],
  };
}

function byFixedVersion(finding: OpenFinding): Single | null {
  const { componentVersion: version, purl, fixedIn } = finding;
  const scheme = schemeOfPurl(purl);
  const fixed = version === null ? undefined : fixedIn.find((fix) => compareVersions(scheme, version, fix) === 0);
  if (fixed === undefined) return null;
  const reason = `${named(finding)} is the fixed version that the advisory names`;
  return {
    rule: "fixed-version-present",
    statementId: null,
    decision: { state: "fixed", justification: null, note: reason },
    reason,
    evidence: [{ text: `first fixed in ${fixed}`, findingId: null }],
  };
}

function byOlderVersion(finding: OpenFinding, { decided }: Known): Single | null {
  const { componentVersion: version, purl, fixedIn } = finding;
  if (version === null || fixedIn.length === 0) return null;
  const scheme = schemeOfPurl(purl);
  if (fixedIn.some((fix) => compareVersions(scheme, version, fix) >= 0)) return null;
  const older = decided.find(
    (other) =>
      other.identity === finding.identity &&
      other.state === "affected" &&
      other.componentVersion !== null &&
      compareVersions(scheme, other.componentVersion, version) < 0,
  );
  if (older === undefined) return null;
  const reason = `${named(finding)} is still below the fix, and the older ${older.componentVersion} was affected in ${placeOf(older)}`;
  return {
    rule: "still-below-fix",
    statementId: null,
    decision: { state: "affected", justification: null, note: reason },
    reason,
    evidence: [
      { text: `fixed in ${fixedIn.join(", ")}`, findingId: null },
      { text: placeOf(older), findingId: older.id },
    ],
  };
}

const named = ({ componentName, componentVersion }: OpenFinding): string =>
  componentVersion === null ? componentName : `${componentName} ${componentVersion}`;
const placeOf = ({ deviceName, releaseVersion }: Decided): string => `${deviceName} ${releaseVersion}`;
const agrees = (a: Decided, b: Decided): boolean => a.state === b.state && a.justification === b.justification;

const MOST_NOTE = 4_000;
const decisionOf = ({ state, justification }: Decided, note: string): Decision => ({
  state,
  justification: state === "not-affected" ? justification : null,
  note: note.slice(0, MOST_NOTE),
});
