import { Fault } from "../../../lib/fault.ts";
import type { DeviceFunction, Harm } from "../../devices/schema.ts";
import { HARMS } from "../../devices/schema.ts";
import type { State } from "../../intel/findings/schema.ts";
import type { VexJustification, VexStatus } from "../../intel/vex/schema.ts";
import type { AdvisoryContent, AdvisoryProduct, AdvisoryVulnerability, ProductStatement, Remedy } from "../schema.ts";

export interface DraftVulnerability {
  advisory: string;
  aliases: readonly string[];
  title: string;
  details: string;
  cwes: readonly string[];
  references: readonly string[];
  vector: string | null;
}

export interface DraftFinding {
  advisory: string;
  releaseId: string;
  component: string;
  state: State;
  justification: VexJustification | null;
  note: string;
}

export interface DraftFacts {
  vulnerabilities: readonly DraftVulnerability[];
  /** Releases of every device that is touched, newest first. */
  products: readonly (AdvisoryProduct & { functions: readonly DeviceFunction[] })[];
  findings: readonly DraftFinding[];
}

/** Of `AdvisoryContent`. */
const MOST_RELEASES = 500;

/**
 * The releases an advisory names, in the given order: all that something is known of, and of the others as many as there is room for.
 * Fault `too_large` when there are more than it may name: one left out in silence would be taken for not affected.
 */
export function releasesToName<P extends { releaseId: string }>(
  products: readonly P[],
  touched: ReadonlySet<string>,
): P[] {
  const count = products.filter(({ releaseId }) => touched.has(releaseId)).length;
  if (count > MOST_RELEASES)
    throw new Fault("too_large", `${count} releases are touched by it; an advisory names at most ${MOST_RELEASES}`, {
      at: "vulnerabilities",
      fix: "Hand out the VEX of each release instead",
    });
  let room = MOST_RELEASES - count;
  return products.filter(({ releaseId }) => touched.has(releaseId) || room-- > 0);
}

/** A first text of an advisory out of what is known and what was decided; a person corrects it. */
export function draftAdvisory({ vulnerabilities, products, findings }: DraftFacts): AdvisoryContent {
  const touched = new Set(findings.map(({ releaseId }) => releaseId));
  const named = distinct(products.filter(({ releaseId }) => touched.has(releaseId)).map(({ name }) => name));
  const drafted = vulnerabilities.map((one) => draftOne(one, products, findings));
  const names = drafted.map(({ name }) => name);
  const parts = distinct(findings.map(({ component }) => component.split("/").at(-1) ?? component));
  const having = (...wanted: VexStatus[]) =>
    new Set(
      drafted.flatMap(({ statements }) =>
        statements.filter(({ status }) => status !== null && wanted.includes(status)).map(({ releaseId }) => releaseId),
      ),
    );
  const endangered = having("affected", "under_investigation");
  const worst = having("affected").size > 0 ? "affected" : endangered.size > 0 ? "under_investigation" : "not_affected";
  return {
    kind: "security-advisory",
    title: clip(
      `${inWords(parts.slice(0, 3)) || "A part"} in ${inWords(named) || "our devices"}: ${inWords(names)}`,
      300,
    ),
    summary: clip(summaryOf(names, parts, named, worst), 20_000),
    harm: clip(harmOf(products.filter(({ releaseId }) => endangered.has(releaseId))), 20_000),
    tlp: "WHITE",
    distribution: "",
    status: drafted.some(({ statements }) => statements.some(({ status }) => status === "under_investigation"))
      ? "interim"
      : "final",
    products: products.map(({ functions: _, ...product }) => product),
    vulnerabilities: drafted,
    references: [],
    acknowledgments: [],
  };
}

function draftOne(
  { advisory, aliases, title, details, cwes, references, vector }: DraftVulnerability,
  products: DraftFacts["products"],
  findings: readonly DraftFinding[],
): AdvisoryVulnerability {
  const own = findings.filter((one) => one.advisory === advisory);
  const ids = distinct([advisory, ...aliases]);
  const name = ids.find((id) => /^CVE-\d{4}-\d{4,}$/.test(id)) ?? advisory;
  const isAffected = own.some(({ state }) => statusOf([state]) === "affected");
  const notes = distinct(own.filter(({ state }) => statusOf([state]) === "affected").map(({ note }) => note.trim()));
  return {
    name,
    aliases: ids
      .filter((id) => id !== name)
      .slice(0, 50)
      .map((id) => clip(id, 200)),
    title: clip(title.trim(), 500),
    description: clip(details.trim() || title.trim(), 10_000),
    cwe: cwes.find((id) => /^CWE-[1-9]\d{0,5}$/.test(id)) ?? "",
    vector: clip(vector ?? "", 500),
    statements: products.map(({ releaseId }) => statementOf(releaseId, own)),
    remedies: isAffected ? remediesOf(notes.filter((note) => note !== "")) : [],
    references: references
      .filter((url) => URL.canParse(url) && /^https?:/.test(url) && url.length <= 2_000)
      .slice(0, 20)
      .map((url) => ({ summary: new URL(url).hostname, url })),
  };
}

/** The worst that is said of any component counts for the release: one open part makes it affected. */
function statementOf(releaseId: string, own: readonly DraftFinding[]): ProductStatement {
  const here = own.filter((one) => one.releaseId === releaseId);
  const status = statusOf(here.map(({ state }) => state));
  const reasons = status === "not_affected" ? here : [];
  return {
    releaseId,
    status,
    justification: reasons.find(({ justification }) => justification !== null)?.justification ?? null,
    impact: clip(
      distinct(reasons.map(({ note }) => note.trim()))
        .join("\n")
        .trim(),
      10_000,
    ),
  };
}

export function statusOf(states: readonly State[]): VexStatus | null {
  if (states.length === 0) return null;
  if (states.some((state) => state === "affected" || state === "accepted")) return "affected";
  if (states.some((state) => state === "new" || state === "in-triage")) return "under_investigation";
  return states.includes("fixed") ? "fixed" : "not_affected";
}

function remediesOf(notes: readonly string[]): Remedy[] {
  const known = notes.map((details) => ({ kind: "mitigation" as const, details, availableOn: null, url: "" as const }));
  if (known.length > 0) return known;
  const details = "No fix is available yet. We work on it and will say so in the next issue of this advisory.";
  return [{ kind: "none_available", details, availableOn: null, url: "" }];
}

function summaryOf(
  names: string[],
  parts: string[],
  devices: string[],
  worst: "affected" | "under_investigation" | "not_affected",
): string {
  const what = `${inWords(parts.slice(0, 3)) || "a part"}, which ${inWords(devices) || "our devices"} ${devices.length === 1 ? "contains" : "contain"}`;
  const one = names.length === 1;
  if (worst === "affected")
    return `${inWords(names)} ${one ? "is a vulnerability" : "are vulnerabilities"} in ${what}. This advisory says which releases are affected and what to do.`;
  const reported = `${inWords(names)} ${one ? "was" : "were"} reported in ${what}.`;
  return worst === "under_investigation"
    ? `${reported} We are finding out what it means for the releases named here, and will say so in the next issue.`
    : `${reported} No release named here is affected.`;
}

const MEANING: Record<Harm, string> = {
  catastrophic: "in the worst case a patient can die",
  critical: "in the worst case a patient can be harmed for life",
  serious: "in the worst case a patient needs medical treatment for it",
  minor: "in the worst case a patient is slightly and briefly harmed",
  negligible: "at worst it is an inconvenience",
};

/** From the functions the devices declare: the worst credible harm if one stops or gives wrong results. */
export function harmOf(products: readonly { name: string; functions: readonly DeviceFunction[] }[]): string {
  const all = products.flatMap(({ name, functions }) => functions.map((one) => ({ device: name, ...one })));
  const harm = HARMS.find((level) => all.some((one) => one.harm === level));
  if (harm === undefined) return "";
  const worst = all.filter((one) => one.harm === harm);
  const devices = distinct(worst.map(({ device }) => device));
  return `If somebody uses this against ${inWords(devices)}, ${inWords(distinct(worst.map(({ name }) => name)))} may stop or give wrong results; ${MEANING[harm]}.`;
}

const distinct = (words: readonly string[]): string[] => [...new Set(words)];
export const clip = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;

/** "a", "a and b", "a, b and c". */
export const inWords = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
