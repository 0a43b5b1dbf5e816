import { named } from "../features/devices/devices.ts";
import { stated } from "../features/intel/intel.ts";
import { scoresOfVector } from "../features/intel/severity/cvss.ts";
import { justificationOf } from "../features/intel/vex/justification.ts";
import { draftAdvisory, releasesToName } from "../features/publish/advisory/draft.ts";
import { fileNameOf } from "../features/publish/advisory/file-name.ts";
import { gapsOf } from "../features/publish/advisory/gaps.ts";
import { type Issue, writeAdvisory, writeWithdrawal } from "../features/publish/advisory/write-advisory.ts";
import { cweNames } from "../features/publish/check/check-document.ts";
import { addressesOf } from "../features/publish/provider/addresses.ts";
import {
  addDraft,
  addRevision,
  getAdvisory,
  getPublisher,
  keepKey,
  revisions,
  takeAdvisory,
  takeTurn,
} from "../features/publish/publish.ts";
import type { AdvisoryContent, Check, Preview } from "../features/publish/schema.ts";
import { Fault } from "../lib/fault.ts";
import type { Scope, Trx } from "../platform/db.ts";
import type { OpenSigner } from "../platform/openpgp.ts";
import { checkCsafApart } from "./check-csaf-apart.ts";

export interface PublishTools {
  openSigner: OpenSigner;
  /** The server's public address. */
  publicUrl: string;
  version: string;
}

const MOST_FINDINGS = 20_000;

/**
 * Somebody wants to tell customers of a vulnerability: a draft with what was decided for each release, what is known of the
 * vulnerability, and the worst harm the devices declare. Fault `not_found` when nothing here is touched by it.
 */
export async function startDraft(trx: Trx, scope: Scope, names: readonly string[], now: Date): Promise<string> {
  const vulnerabilities = [];
  for (const name of names) {
    const line = await stated.findVulnerability(trx, scope, name);
    if (line === undefined) throw new Fault("not_found", `No finding here is about ${name}`, { at: "vulnerabilities" });
    const texts = await stated.findTexts(trx, scope, line.advisory);
    vulnerabilities.push({
      advisory: line.advisory,
      aliases: line.aliases,
      title: line.title,
      details: texts?.details ?? "",
      cwes: texts?.cwes ?? [],
      references: texts?.references ?? [],
      vector: line.severity.vector,
    });
  }
  const advisories = vulnerabilities.map(({ advisory }) => advisory);
  const findings =
    advisories.length === 0 ? [] : await stated.statedFindings(trx, scope, { advisories }, MOST_FINDINGS);
  const touched = new Set(findings.map(({ releaseId }) => releaseId));
  const products = releasesToName(
    await productsOf(trx, scope, [...new Set(findings.map(({ deviceId }) => deviceId))]),
    touched,
  );
  const content = draftAdvisory({
    vulnerabilities,
    products,
    findings: findings.map((one) => ({
      advisory: one.advisory,
      releaseId: one.releaseId,
      component: one.componentName,
      // A decision made for another version is not said to customers: it is open again.
      state: one.suspect ? "in-triage" : one.state,
      justification: one.justification === null ? null : justificationOf(one.justification),
      note: one.suspect ? "" : one.note,
    })),
  });
  return addDraft(trx, scope, content, now);
}

async function productsOf(trx: Trx, scope: Scope, deviceIds: readonly string[]) {
  if (deviceIds.length === 0) return [];
  const devices = new Map((await named.devicesById(trx, scope, deviceIds)).map((one) => [one.id, one]));
  const releases = await named.releasesOf(trx, scope, deviceIds);
  return releases
    .flatMap((release) => {
      const device = devices.get(release.deviceId);
      if (device === undefined) return [];
      const { name, model, manufacturer: vendor, functions } = device;
      return [{ releaseId: release.id, deviceId: device.id, vendor, name, model, version: release.version, functions }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The document as it would go out now, with all that the standard and a person would say against it. */
export async function previewAdvisory(
  trx: Trx,
  scope: Scope,
  { id, content }: { id: string; content: AdvisoryContent },
  tools: PublishTools,
  now: Date,
): Promise<Preview> {
  const issue = await issueOf(trx, scope, await getAdvisory(trx, scope, id), content, "First issue.", tools, now);
  const gaps = gapsOf(content, issue.scores);
  if (gaps.some(({ level }) => level === "error")) return { document: null, checks: gaps, canPublish: false };
  const { document, checks } = await assemble(content, issue);
  return { document, checks: [...gaps, ...checks], canPublish: checks.every(({ level }) => level !== "error") };
}

/**
 * A person publishes: the document is assembled, tested, signed and kept as the next revision. Fault `gate_failed` names the first test
 * it does not pass; nothing is kept then.
 */
export async function publishAdvisory(
  trx: Trx,
  scope: Scope,
  { id, revision, summary }: { id: string; revision: number; summary: string },
  tools: PublishTools,
  clock: () => Date,
): Promise<void> {
  const now = await takeTurn(trx, scope, clock);
  const advisory = await takeAdvisory(trx, scope, id, revision);
  if (advisory.state === "withdrawn")
    throw new Fault("conflict", `${advisory.trackingId} is withdrawn`, { at: "id", fix: "Start a new advisory" });
  if (advisory.state === "published" && !advisory.changed)
    throw new Fault("conflict", "Nothing changed since it was published", { at: "id", fix: "Change it first" });
  const { content } = advisory;
  const issue = await issueOf(trx, scope, advisory, content, summary, tools, now);
  const { document, checks } = await assemble(content, issue);
  refuseErrors(checks);
  await issueRevision(
    trx,
    scope,
    advisory,
    {
      document,
      issue,
      title: content.title,
      status: content.status,
      category: content.kind === "vex" ? "csaf_vex" : "csaf_security_advisory",
    },
    tools,
  );
}

/** A person takes a published advisory back and says why; the number stays, its last issue says that it no longer holds. */
export async function withdrawAdvisory(
  trx: Trx,
  scope: Scope,
  { id, revision, reason }: { id: string; revision: number; reason: string },
  tools: PublishTools,
  clock: () => Date,
): Promise<void> {
  const now = await takeTurn(trx, scope, clock);
  const found = await takeAdvisory(trx, scope, id, revision);
  const last = (await revisions.revisionsOf(trx, scope, id)).at(-1);
  if (found.state !== "published" || last === undefined)
    throw new Fault("conflict", `${found.trackingId} is not published`, { at: "id" });
  // It reaches those who read the issue it takes back.
  const advisory = { ...found, content: { ...found.content, tlp: last.tlp } };
  const issue = await issueOf(trx, scope, advisory, advisory.content, `Withdrawn. ${reason}`, tools, now);
  const withdrawal = writeWithdrawal({ ...advisory.content, title: last.title }, reason, issue);
  refuseErrors(await checkCsafApart(withdrawal, []));
  await issueRevision(
    trx,
    scope,
    advisory,
    { document: asText(withdrawal), issue, title: `Withdrawn: ${last.title}`, status: "final", category: "csaf_base" },
    tools,
  );
}

interface Assembled {
  document: string;
  issue: Issue;
  title: string;
  status: "interim" | "final";
  category: string;
}

async function issueRevision(
  trx: Trx,
  scope: Scope,
  advisory: Awaited<ReturnType<typeof takeAdvisory>>,
  { document, issue, ...issued }: Assembled,
  { openSigner }: PublishTools,
): Promise<void> {
  const { name, email } = await getPublisher(trx, scope);
  const signer = await openSigner(scope.organizationId, { name, email });
  await keepKey(trx, scope, signer);
  await addRevision(trx, scope, advisory, { document, ...issued, summary: issue.summary, signer }, issue.now);
}

async function assemble(content: AdvisoryContent, issue: Issue): Promise<{ document: string; checks: Check[] }> {
  const document = writeAdvisory(content, issue);
  return {
    document: asText(document),
    checks: await checkCsafApart(
      document,
      content.vulnerabilities.map(({ name }) => name),
    ),
  };
}

const asText = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

function refuseErrors(checks: readonly Check[]): void {
  const error = checks.find(({ level }) => level === "error");
  if (error === undefined) return;
  throw new Fault("gate_failed", `${error.where}: ${error.reason}`, {
    at: error.pointer ?? error.where,
    ...(error.fix === "" ? {} : { fix: error.fix }),
  });
}

async function issueOf(
  trx: Trx,
  scope: Scope,
  { id, trackingId }: { id: string; trackingId: string },
  { tlp }: AdvisoryContent,
  summary: string,
  { publicUrl, version }: PublishTools,
  now: Date,
): Promise<Issue> {
  const publisher = await getPublisher(trx, scope);
  const before = await revisions.revisionsOf(trx, scope, id);
  const year = (before[0]?.publishedAt ?? now).getUTCFullYear();
  const address = addressesOf(publicUrl, publisher.path).document(year, fileNameOf(trackingId));
  return {
    trackingId,
    publisher,
    now,
    before,
    summary,
    selfUrl: publisher.providerOn && tlp === "WHITE" ? address : null,
    engineVersion: version,
    scores: scoresOfVector,
    cweName: await cweNames(),
  };
}
