import { join } from "node:path";
import { escalateClocks } from "../../src/flows/escalate-clocks.ts";
import { newId } from "../../src/lib/ids.ts";
import { inScope } from "../../src/platform/db.ts";
import { writeWorkbook } from "../../src/platform/documents/workbook.ts";
import { JUNIT } from "../support/evidence-samples.ts";
import { catalogOf, publisherAt } from "./endpoint-examples.ts";
import { type Browser, newHouse, newPerson, type PeopleServer, tokenOf } from "./people-server.ts";

const NOBODY = { kind: "system", id: "test", name: "Test" } as const;
const EXAMPLE_ADVISORIES = join(import.meta.dirname, "..", "..", "examples", "advisories");

/** One organisation with one of everything that an endpoint can name. All its names hold its `mark`. */
export interface World {
  mark: string;
  organizationId: string;
  administrator: Browser;
  email: string;
  userId: string;
  sessionId: string;
  auditor: Browser;
  link: string;
  invitationId: string;
  keyId: string;
  deviceId: string;
  releaseId: string;
  unitId: string;
  sbomId: string;
  sourceId: string;
  sourceFolder: string;
  runId: string;
  findingId: string;
  advisory: string;
  changeId: string;
  riskDecisionId: string;
  clockId: string;
  vexId: string;
  pairId: string;
  vexSourceId: string;
  proposal: { findingId: string; statementId: string; revision: number };
  filterId: string;
  caseId: string;
  attachmentId: string;
  noticeId: string;
  webhookId: string;
  securityAdvisoryId: string;
  csafPath: string;
  eventId: string;
  calendarId: string;
  catalogId: string;
  catalogName: string;
  evidenceId: string;
  evidenceProofId: string;
  testFindingId: string;
}

const sbom = (mark: string) =>
  JSON.stringify({
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    components: ["minimist@1.2.5", "axios@0.21.0", `${mark.toLowerCase()}-part@1.0.0`].map((name) => ({
      type: "library",
      name: name.split("@")[0],
      version: name.split("@")[1],
      "bom-ref": name,
      purl: `pkg:npm/${name}`,
    })),
  });

const vex = (mark: string) =>
  JSON.stringify({
    "@context": "https://openvex.dev/ns/v0.2.0",
    author: `${mark} supplier`,
    timestamp: "2026-01-05T00:00:00Z",
    version: 1,
    statements: [
      {
        vulnerability: "CVE-2021-44906",
        products: ["pkg:npm/minimist@1.2.5"],
        status: "not_affected",
        justification: "vulnerable_code_not_present",
      },
    ],
  });

export async function newWorld(server: PeopleServer, mark: string): Promise<World> {
  const { administrator, organizationId, email } = await newHouse(server, `${mark} works`);
  const make = async (path: string, body: unknown) => {
    const { status, body: made } = await administrator.post(path, body);
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(made)}`);
    return made;
  };
  const person = await newPerson(server, administrator, `${mark.toLowerCase()}@${mark.toLowerCase()}.test`, [
    "auditor",
  ]);
  const invited = await make("/api/invitations", { email: `${mark}-x@x.test`, name: `${mark} X`, roles: ["auditor"] });
  const key = await make("/api/keys", { name: `${mark} key`, scopes: ["sbom:upload"] });
  const source = await make("/api/intel/sources", { name: `${mark} source`, location: EXAMPLE_ADVISORIES });
  const run = await make("/api/intel/runs", {});
  await eventually(async () => (await administrator.get(`/api/intel/runs/${run.id}`)).body.state === "done");
  const device = await make("/api/devices", { name: `${mark} pump` });
  const release = await make(`/api/devices/${device.id}/releases`, {
    version: `${mark}-1`,
    phase: "deployment",
    since: "2026-01-05",
  });
  const { units } = await make(`/api/releases/${release.id}/units`, { units: [{ serial: `${mark}-0001` }] });
  const uploaded = await administrator.upload(`/api/releases/${release.id}/sbom`, sbom(mark));
  if (uploaded.status !== 201) throw new Error(`upload: ${uploaded.status} ${JSON.stringify(uploaded.body)}`);
  await eventually(
    async () => (await administrator.get(`/api/findings?releaseId=${release.id}`)).body.items.length > 0,
  );
  const [finding] = (await administrator.get(`/api/findings?releaseId=${release.id}`)).body.items;
  const decided = await make(`/api/findings/${finding.id}/decision`, {
    revision: finding.revision,
    decision: { state: "affected", note: `${mark} note` },
  });
  const { items: clocks } = await make("/api/clocks", {
    event: "uncontrolled-risk-decided",
    subject: { type: "finding", id: finding.id, label: `${mark} finding`, deviceId: device.id },
    learnedAt: "2026-11-20T10:00:00Z",
    evidence: { text: `${mark} decision` },
  });
  const said = await administrator.upload(`/api/releases/${release.id}/vex`, vex(mark));
  if (said.status !== 201) throw new Error(`vex: ${said.status} ${JSON.stringify(said.body)}`);
  const [proposed] = (await administrator.get("/api/vex/proposals")).body.items;
  const filter = await make("/api/saved-filters", { name: `${mark} filter`, search: "show=new" });
  await escalateClocks(server.database.db, new Date(), new AbortController().signal);
  const notices = (await administrator.get("/api/notices")).body.items;
  const hook = await make("/api/webhooks", { name: `${mark} hook`, url: "https://hooks.example.test/", kinds: [] });
  const csafPath = `path-${mark.toLowerCase()}`;
  const settings = { ...publisherAt(csafPath), name: "The works", revision: 0 };
  const told = await administrator.send("PUT", "/api/publisher", settings);
  if (told.status !== 200) throw new Error(`publisher: ${told.status} ${JSON.stringify(told.body)}`);
  const drafted = await make("/api/advisories", { vulnerabilities: [finding.advisory] });
  await make(`/api/advisories/${drafted.id}/publication`, { revision: 1, summary: "First issue." });
  const pairId = newId();
  await inScope(server.database.db, { organizationId, actor: NOBODY }, (trx) =>
    trx
      .insertInto("devicePair")
      .values({
        ...{ organizationId, id: pairId, deviceId: device.id, key: mark, firstSeenAt: new Date() },
        ...{ saidVendor: `${mark} works`, saidName: `${mark} pump`, verdict: null, decidedBy: null, decidedAt: null },
      })
      .execute(),
  );
  await inScope(server.database.db, { organizationId, actor: NOBODY }, async (trx) => {
    const of = { organizationId, deviceId: device.id };
    const recall = { number: `Z-${mark}`, product: `${mark} pump` };
    const facts = {
      number: `Z-${mark}`,
      on: null,
      grade: "weak",
      evidence: "[]",
      recall: JSON.stringify(recall),
    } as const;
    await trx
      .insertInto("deviceRecall")
      .values({ ...of, ...facts, firstSeenAt: new Date() })
      .execute();
    await trx
      .insertInto("deviceReportCount")
      .values({ ...of, counts: JSON.stringify({ search: mark }) })
      .execute();
  });
  const event = await make("/api/calendar/events", {
    kind: "isao-meeting",
    title: `${mark} meeting`,
    when: { startsAt: "2026-12-01T15:00:00Z", endsAt: "2026-12-01T16:00:00Z" },
  });
  const calendar = await make("/api/account/calendar-feeds", {});
  await make(`/api/releases/${release.id}/security-file/changes`, {
    changes: [{ do: "put", kind: "zones", item: { id: "ward", name: `${mark} ward` }, was: null }],
  });
  const imported = await administrator.upload("/api/catalogs", JSON.stringify(catalogOf(mark)));
  if (imported.status !== 201) throw new Error(`catalog: ${imported.status} ${JSON.stringify(imported.body)}`);
  const form = [{ name: "MDS2", head: ["Id", "Answer", "Note"], rows: [["MPII-1", "Yes", `${mark} note`]] }];
  const filled = await administrator.upload(
    `/api/releases/${release.id}/mds2`,
    new Uint8Array(await writeWorkbook(form, new Date("2026-01-05T00:00:00Z"))),
  );
  if (filled.status !== 201) throw new Error(`mds2: ${filled.status} ${JSON.stringify(filled.body)}`);
  const risk = `/api/releases/${release.id}/risks/${finding.advisory}`;
  const { revision } = (await administrator.get(risk)).body;
  const weighed = await make(`${risk}/decision`, { risk: "controlled", why: `${mark} isolated`, revision });
  const scan = JUNIT.replaceAll("bench-3", `${mark}-bench`).replaceAll("test_unsigned", `${mark}_unsigned`);
  const proven = await administrator.upload(`/api/releases/${release.id}/evidence?control=${mark}-C1`, scan);
  if (proven.status !== 201) throw new Error(`evidence: ${proven.status} ${JSON.stringify(proven.body)}`);
  const [testFinding] = (await administrator.get(`/api/releases/${release.id}/test-findings`)).body.items;
  const { caseId, attachmentId } = await report(administrator, mark);
  const uploads = (await administrator.get(`/api/releases/${release.id}/sboms`)).body.items;
  const sessions = (await administrator.get("/api/sessions")).body.items;
  const me = (await administrator.get("/api/me")).body;
  return {
    mark,
    organizationId,
    administrator,
    email,
    userId: me.userId,
    sessionId: sessions[0].id,
    auditor: person.browser,
    link: tokenOf(invited.link),
    invitationId: invited.invitation.id,
    keyId: key.key.id,
    deviceId: device.id,
    releaseId: release.id,
    unitId: units[0].id,
    sbomId: uploads[0].id,
    sourceId: source.id,
    sourceFolder: EXAMPLE_ADVISORIES,
    runId: run.id,
    findingId: finding.id,
    advisory: finding.advisory,
    changeId: decided.changeId,
    riskDecisionId: weighed.decision.id,
    clockId: clocks[0].id,
    vexId: said.body.document.id,
    pairId,
    vexSourceId: proposed.proposes.source.id,
    proposal: {
      findingId: proposed.finding.id,
      statementId: proposed.proposes.statementId,
      revision: proposed.finding.revision,
    },
    filterId: filter.id,
    caseId,
    attachmentId,
    noticeId: notices[0].id,
    webhookId: hook.webhook.id,
    securityAdvisoryId: drafted.id,
    csafPath,
    eventId: event.id,
    calendarId: calendar.feed.id,
    catalogId: imported.body.catalogue.id,
    catalogName: imported.body.catalogue.name,
    evidenceId: proven.body.evidence.id,
    evidenceProofId: proven.body.evidence.proves[0].proofId,
    testFindingId: testFinding.id,
  };
}

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > until) throw new Error("it did not happen in 30 s");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A report with a file, handed on by somebody of the house. */
async function report(administrator: Browser, mark: string) {
  const form = new FormData();
  for (const name of ["title", "product", "reproduce"]) form.set(name, `${mark} ${name}`);
  form.append("attachment", new File([`${mark} file`], "trace.txt"));
  const opened = await administrator.sendForm("/api/disclosure/reports", form);
  if (opened.status !== 201) throw new Error(`report: ${opened.status} ${JSON.stringify(opened.body)}`);
  const { body } = await administrator.get(`/api/disclosure/cases/${opened.body.id}`);
  return { caseId: body.id as string, attachmentId: body.attachments[0].id as string };
}
