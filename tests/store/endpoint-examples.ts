import type { World } from "./two-worlds.ts";

/**
 * `refused`: names a thing of the other organisation, so it must be answered as if that thing did not exist (or was nobody's).
 * `empty`: filters by such a thing, so nothing is listed or changed. `own`: names nothing of the others, so it works and shows nothing of theirs.
 */
export interface Example {
  want: "refused" | "empty" | "own";
  params?: Record<string, string | number>;
  query?: Record<string, string>;
  body?: unknown;
  /** Fields of a form, sent instead of a body. */
  form?: Record<string, string>;
}

const refused = (rest: Omit<Example, "want"> = {}): Example => ({ want: "refused", ...rest });
const empty = (rest: Omit<Example, "want"> = {}): Example => ({ want: "empty", ...rest });
const own = (rest: Omit<Example, "want"> = {}): Example => ({ want: "own", ...rest });

const decision = { state: "in-triage" };
const SBOM = {
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  components: [{ type: "library", name: "left-pad", version: "1.3.0" }],
};
const VEX = {
  "@context": "https://openvex.dev/ns/v0.2.0",
  author: "Somebody",
  timestamp: "2026-01-05T00:00:00Z",
  version: 1,
  statements: [{ vulnerability: "CVE-2021-44906", products: ["pkg:npm/minimist@1.2.5"], status: "fixed" }],
};
const EVENT = {
  kind: "conference",
  title: "Medical device security summit",
  when: { startsOn: "2026-12-01", endsOn: "2026-12-02" },
};
const INTAKE = {
  enabled: true,
  slug: "alpha-works",
  name: "Works",
  contactEmail: "security@works.test",
  policy: "Tell us.",
  languages: ["en"],
  pgpKey: null,
};
const SECURITY_FILE = { cordon: "security-file/1", zones: [{ id: "ward", name: "Ward" }] };
const row = {
  catastrophic: "unacceptable",
  critical: "unacceptable",
  serious: "reduce",
  minor: "acceptable",
  negligible: "acceptable",
};
const MATRIX = { name: "Works", edition: "1", cells: { high: row, medium: row, low: row } };
const NEVER_MADE = "A".repeat(43);

/** An OSCAL catalogue of one control. */
export const catalogOf = (mark: string) => ({
  catalog: {
    uuid: "4a0c2a3f-0a4b-4c1d-9b0e-1f2d3c4b5a69",
    metadata: {
      title: `${mark} controls`,
      "last-modified": "2026-01-05T00:00:00Z",
      version: "1",
      "oscal-version": "1.1.2",
    },
    controls: [{ id: "c-1", title: `${mark} control` }],
  },
});

const EMPTY_ADVISORY = {
  kind: "vex",
  title: "",
  summary: "",
  harm: "",
  tlp: "AMBER",
  distribution: "",
  status: "final",
  products: [],
  vulnerabilities: [],
  references: [],
  acknowledgments: [],
};
const LETTER = {
  recipient: "",
  on: "2026-01-01",
  subject: "Letter",
  salutation: "",
  whatHappened: "",
  patientRisk: "",
  whatToDo: "",
  fix: "",
  contact: "",
  closing: "",
};
export const publisherAt = (path: string) => ({
  name: "Works",
  category: "vendor",
  namespace: "https://psirt.example.com",
  contact: "",
  issuingAuthority: "",
  postalAddress: "",
  email: "",
  phone: "",
  idPrefix: "SA",
  path,
  providerOn: true,
  listOnAggregators: true,
  mirrorOnAggregators: false,
});

/** Requests of organisation `mine` that reach for what is `theirs`, per endpoint. A new endpoint without one fails the test. */
export const EXAMPLES: Record<string, (theirs: World, mine: World) => Example[]> = {
  "people.me": () => [own()],
  "people.signInOptions": () => [own()],
  "people.roles": () => [own()],
  "people.links.read": () => [refused({ body: { token: NEVER_MADE } })],
  "people.links.use": () => [refused({ body: { token: NEVER_MADE } })],
  "people.links.accept": ({ link }) => [refused({ body: { token: link } })],
  "people.organizations.list": () => [own()],
  "people.organizations.create": () => [own({ body: { name: "Third" } })],
  "people.organizations.switchTo": ({ organizationId }) => [refused({ params: { id: organizationId } })],
  "people.organizations.rename": () => [own({ body: { name: "Renamed" } })],
  "people.people.list": () => [own()],
  "people.people.setRoles": ({ userId }) => [refused({ params: { userId }, body: { roles: ["auditor"] } })],
  "people.people.deactivate": ({ userId }) => [refused({ params: { userId } })],
  "people.people.recover": ({ userId }) => [refused({ params: { userId } })],
  "people.people.reactivate": ({ userId }) => [refused({ params: { userId } })],
  "people.invitations.list": () => [own()],
  "people.invitations.create": () => [own({ body: { email: "new@alpha.test", name: "New", roles: ["auditor"] } })],
  "people.invitations.withdraw": ({ invitationId }) => [refused({ params: { id: invitationId } })],
  "people.keys.list": () => [own()],
  "people.keys.create": () => [own({ body: { name: "ci", scopes: ["sbom:upload"] } })],
  "people.keys.revoke": ({ keyId }) => [refused({ params: { id: keyId } })],
  "people.sessions.list": () => [own()],
  "people.sessions.revoke": ({ sessionId }) => [refused({ params: { id: sessionId } })],
  "people.sessions.revokeAll": () => [own()],
  "people.security": () => [own()],
  "people.setPassword": () => [refused({ body: { password: "a password I have" } })],

  "devices.list": () => [own(), empty({ query: { text: "BRAVO" } })],
  "devices.create": () => [own({ body: { name: "Pump" } })],
  "devices.get": ({ deviceId }) => [refused({ params: { id: deviceId } })],
  "devices.change": ({ deviceId, releaseId }, mine) => [
    refused({ params: { id: deviceId }, body: { revision: 1, name: "Mine" } }),
    refused({ params: { id: mine.deviceId }, body: { revision: 1, currentReleaseId: releaseId } }),
  ],
  "devices.history": ({ deviceId }) => [refused({ params: { id: deviceId } })],
  "devices.addRelease": ({ deviceId, releaseId }, mine) => [
    refused({ params: { id: deviceId }, body: { version: "9", phase: "design", since: "2026-01-01" } }),
    refused({
      params: { id: mine.deviceId },
      body: { version: "9", phase: "design", since: "2026-01-01", copyFrom: releaseId },
    }),
  ],
  "devices.release": ({ releaseId }) => [refused({ params: { id: releaseId } })],
  "devices.changeRelease": ({ releaseId }) => [
    refused({ params: { id: releaseId }, body: { revision: 1, notes: "x" } }),
  ],
  "devices.enterPhase": ({ releaseId }) => [
    refused({ params: { id: releaseId }, body: { revision: 1, phase: "decommissioned", since: "2026-02-01" } }),
  ],
  "devices.units": ({ deviceId }) => [refused({ params: { id: deviceId } })],
  "devices.addUnits": ({ releaseId }) => [refused({ params: { id: releaseId }, body: { units: [{ serial: "S-1" }] } })],
  "devices.changeUnit": ({ unitId, releaseId }, mine) => [
    refused({ params: { id: unitId }, body: { revision: 1, site: "elsewhere" } }),
    refused({ params: { id: mine.unitId }, body: { revision: 1, releaseId } }),
  ],

  "parts.uploads": ({ releaseId }) => [refused({ params: { id: releaseId } })],
  "parts.list": ({ releaseId, sbomId }, mine) => [
    refused({ params: { id: releaseId } }),
    refused({ params: { id: mine.releaseId }, query: { sbomId } }),
  ],
  "parts.support": ({ releaseId }) => [refused({ params: { id: releaseId } })],
  "parts.children": ({ releaseId, sbomId }, mine) => [
    refused({ params: { id: releaseId } }),
    refused({ params: { id: mine.releaseId }, query: { sbomId } }),
  ],
  "parts.get": ({ releaseId, sbomId }, mine) => [
    refused({ params: { id: releaseId, part: 0 } }),
    refused({ params: { id: mine.releaseId, part: 0 }, query: { sbomId } }),
  ],
  "parts.difference": ({ sbomId }, mine) => [
    refused({ params: { id: sbomId }, query: { before: mine.sbomId } }),
    refused({ params: { id: mine.sbomId }, query: { before: sbomId } }),
  ],

  "findings.list": ({ releaseId, deviceId }) => [
    own(),
    empty({ query: { releaseId } }),
    empty({ query: { deviceId } }),
  ],
  "findings.get": ({ findingId }) => [refused({ params: { id: findingId } })],
  "findings.decide": ({ findingId }) => [refused({ params: { id: findingId }, body: { revision: 1, decision } })],
  "findings.decideMany": ({ findingId }) => [
    refused({ body: { findings: [{ id: findingId, revision: 1 }], decision } }),
  ],
  "findings.decideVulnerability": ({ advisory, releaseId, deviceId }) => [
    empty({ params: { advisory }, body: { releaseIds: [releaseId], decision } }),
    empty({ params: { advisory }, body: { deviceId, decision } }),
  ],
  "findings.assign": ({ findingId, userId }, mine) => [
    refused({ params: { id: findingId }, body: { revision: 1, userId: mine.userId } }),
    refused({ params: { id: mine.findingId }, body: { revision: 1, userId } }),
  ],
  "findings.undo": ({ changeId }) => [refused({ body: { changeId } })],
  "inbox.list": () => [own(), own({ query: { by: "device" } })],
  "inbox.get": ({ deviceId }, mine) => [
    refused({ params: { advisory: "CVE-1999-0001" } }),
    refused({ params: { advisory: mine.advisory }, query: { deviceId } }),
  ],
  "filters.list": () => [own()],
  "filters.save": () => [own({ body: { name: "New ones", search: "show=new" } })],
  "filters.change": ({ filterId }) => [refused({ params: { id: filterId }, body: { revision: 1, name: "Mine" } })],
  "filters.remove": ({ filterId }) => [refused({ params: { id: filterId } })],
  "filters.openWith": ({ filterId }) => [refused({ body: { filterId } })],
  "filters.share": ({ filterId }) => [refused({ params: { id: filterId }, body: { shared: true } })],

  "vex.documents": ({ releaseId }) => [refused({ params: { id: releaseId } })],
  "vex.withdraw": ({ vexId }) => [refused({ params: { id: vexId } })],
  "vex.ofFinding": ({ findingId }) => [refused({ params: { id: findingId } })],
  "vex.proposals": ({ releaseId }) => [own(), empty({ query: { releaseId } })],
  "vex.answer": ({ proposal }) => [refused({ body: { ...proposal, take: true } })],
  "vex.sources": () => [own()],
  "vex.setTrust": ({ vexSourceId }) => [refused({ params: { id: vexSourceId }, body: { revision: 1, trust: "own" } })],
  "vex.setRule": () => [own({ body: { revision: 0, sets: ["own"] } })],

  "deviceAdvisories.list": ({ deviceId }) => [own(), own({ query: { deviceId } })],
  "deviceAdvisories.decide": ({ pairId }) => [
    refused({ params: { id: pairId }, body: { revision: 1, verdict: "same" } }),
  ],

  "fda.ofDevice": ({ deviceId }) => [refused({ params: { id: deviceId } })],

  "securityFile.get": ({ releaseId }) => [refused({ params: { releaseId } })],
  "securityFile.judged": ({ releaseId }) => [refused({ params: { releaseId } })],
  "securityFile.change": ({ releaseId }) => [
    refused({
      params: { releaseId },
      body: { changes: [{ do: "put", kind: "zones", item: { id: "ward", name: "Ward" }, was: null }] },
    }),
  ],
  "securityFile.check": ({ releaseId }) => [refused({ params: { releaseId } })],
  "securityFile.proposals": ({ releaseId }) => [refused({ params: { releaseId } })],
  "securityFile.changes": ({ releaseId }) => [refused({ params: { releaseId } })],
  "securityFile.copy": ({ releaseId }, mine) => [
    refused({ params: { releaseId }, body: { from: mine.releaseId } }),
    refused({ params: { releaseId: mine.releaseId }, body: { from: releaseId } }),
  ],
  "securityFile.paths": ({ releaseId }) => [refused({ params: { releaseId }, query: { component: "minimist" } })],
  "securityFile.attacks": ({ releaseId }) => [refused({ params: { releaseId } })],
  "securityFile.risks": ({ releaseId }) => [refused({ params: { releaseId } })],
  "securityFile.matrices": () => [own()],
  "securityFile.addMatrix": () => [own({ body: MATRIX })],

  "risk.get": ({ releaseId, advisory }) => [refused({ params: { releaseId, advisory } })],
  "risk.waiting": () => [own()],
  "risk.answer": ({ releaseId, advisory }) => [
    refused({ params: { releaseId, advisory }, body: { answers: [{ question: "bedside.noticed", answer: "no" }] } }),
  ],
  "risk.decide": ({ releaseId, advisory }) => [
    refused({ params: { releaseId, advisory }, body: { risk: "controlled", why: "x", revision: 0 } }),
  ],
  "risk.undo": ({ riskDecisionId }) => [refused({ params: { id: riskDecisionId } })],
  "risk.reach": ({ releaseId, advisory }) => [
    refused({ params: { releaseId, advisory }, body: { identity: "pkg:npm/minimist", functions: [], reason: "x" } }),
  ],

  "evidence.list": ({ releaseId }) => [refused({ params: { releaseId } })],
  "evidence.get": ({ evidenceId }) => [refused({ params: { id: evidenceId } })],
  "evidence.targets": ({ releaseId }) => [refused({ params: { releaseId } })],
  "evidence.coverage": ({ releaseId }) => [refused({ params: { releaseId } })],
  "evidence.link": ({ evidenceId }) => [
    refused({ params: { id: evidenceId }, body: { proves: [{ kind: "control", id: "C" }] } }),
  ],
  "evidence.unlink": ({ evidenceProofId }) => [refused({ params: { id: evidenceProofId } })],
  "evidence.withdraw": ({ evidenceId }) => [refused({ params: { id: evidenceId }, body: { because: "x" } })],
  "evidence.findings": ({ releaseId, evidenceId }, mine) => [
    refused({ params: { releaseId } }),
    empty({ params: { releaseId: mine.releaseId }, query: { evidenceId } }),
  ],
  "evidence.decide": ({ testFindingId, evidenceId }, mine) => [
    refused({ body: { findings: [{ id: testFindingId, revision: 1 }], disposition: null } }),
    refused({
      body: { findings: [{ id: mine.testFindingId, revision: 1 }], disposition: { state: "fixed", evidenceId } },
    }),
  ],
  "POST /api/releases/:id/evidence": ({ releaseId, evidenceId }, mine) => [
    refused({ params: { id: releaseId }, body: { ...SBOM, vulnerabilities: [] } }),
    refused({
      params: { id: mine.releaseId },
      query: { supersedes: evidenceId },
      body: { ...SBOM, vulnerabilities: [] },
    }),
  ],
  "GET /api/evidence/:id/file": ({ evidenceId }) => [refused({ params: { id: evidenceId } })],

  "intel.status": () => [own()],
  "intel.catalogue": () => [own()],
  "intel.runs": () => [own()],
  "intel.run": ({ runId }) => [refused({ params: { id: runId } })],
  "intel.sync": () => [own()],
  "intel.addSource": (_, { sourceFolder }) => [
    own({ body: { name: "Another", location: `${sourceFolder}/..`, enabled: false } }),
  ],
  "intel.changeSource": ({ sourceId }) => [
    refused({ params: { id: sourceId }, body: { revision: 1, enabled: false } }),
  ],
  "intel.startOver": ({ sourceId }) => [refused({ params: { id: sourceId } })],
  "intel.removeSource": ({ sourceId }) => [refused({ params: { id: sourceId } })],

  "publish.list": () => [own()],
  "publish.get": ({ securityAdvisoryId }) => [refused({ params: { id: securityAdvisoryId } })],
  "publish.start": () => [refused({ body: { vulnerabilities: ["CVE-1999-0001"] } })],
  "publish.change": ({ securityAdvisoryId }) => [
    refused({ params: { id: securityAdvisoryId }, body: { revision: 1, content: EMPTY_ADVISORY } }),
  ],
  "publish.discard": ({ securityAdvisoryId }) => [
    refused({ params: { id: securityAdvisoryId }, body: { revision: 1 } }),
  ],
  "publish.preview": ({ securityAdvisoryId }) => [
    refused({ params: { id: securityAdvisoryId }, body: { content: EMPTY_ADVISORY } }),
  ],
  "publish.publish": ({ securityAdvisoryId }) => [
    refused({ params: { id: securityAdvisoryId }, body: { revision: 1, summary: "First issue." } }),
  ],
  "publish.withdraw": ({ securityAdvisoryId }) => [
    refused({ params: { id: securityAdvisoryId }, body: { revision: 1, reason: "x" } }),
  ],
  "publish.issue": ({ securityAdvisoryId }) => [refused({ params: { id: securityAdvisoryId, number: 1 } })],
  "publish.letter": ({ securityAdvisoryId }) => [refused({ params: { id: securityAdvisoryId } })],
  "publish.publisher": () => [own()],
  "publish.changePublisher": ({ csafPath }) => [refused({ body: { ...publisherAt(csafPath), revision: 1 } })],

  "audit.state": () => [own()],
  "audit.entries": ({ userId, deviceId }) => [
    own(),
    empty({ query: { actorId: userId } }),
    empty({ query: { subjectId: deviceId } }),
  ],
  "audit.verify": () => [own()],
  "clocks.list": ({ deviceId, findingId }) => [
    own(),
    empty({ query: { deviceId } }),
    empty({ query: { subjectType: "finding", subjectId: findingId, show: "all" } }),
  ],
  "clocks.get": ({ clockId }) => [refused({ params: { id: clockId } })],
  "clocks.start": (_, { mark }) => [
    own({
      body: {
        event: "breach-discovered",
        subject: { type: "incident", id: `${mark}-1`, label: `${mark} incident` },
        learnedAt: "2026-11-20T10:00:00Z",
        evidence: { text: "seen" },
      },
    }),
  ],
  "clocks.stop": ({ clockId }) => [
    refused({
      params: { id: clockId },
      body: { revision: 1, stoppedAt: "2026-11-20T10:00:00Z", evidence: { text: "done" } },
    }),
  ],
  "clocks.void": ({ clockId }) => [refused({ params: { id: clockId }, body: { revision: 1, reason: "mistake" } })],
  "clocks.assign": ({ clockId, userId }, mine) => [
    refused({ params: { id: clockId }, body: { revision: 1, userId: mine.userId } }),
    refused({ params: { id: mine.clockId }, body: { revision: 1, userId } }),
  ],
  "clocks.settings": () => [own()],
  "clocks.changeSettings": () => [own({ body: { revision: 0, timeZone: "Europe/Berlin", off: [] } })],
  "calendar.list": () => [own({ query: { from: "2026-01-01" } })],
  "calendar.add": () => [own({ body: EVENT })],
  "calendar.change": ({ eventId }) => [refused({ params: { id: eventId }, body: { revision: 1, ...EVENT } })],
  "calendar.remove": ({ eventId }) => [refused({ params: { id: eventId } })],
  "calendar.import": () => [own({ body: { text: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" } })],
  "calendar.feeds": () => [own()],
  "calendar.makeFeed": () => [own()],
  "calendar.revokeFeed": ({ calendarId }) => [refused({ params: { id: calendarId } })],
  "GET /api/calendar/:file": () => [refused({ params: { file: `${NEVER_MADE}.ics` } })],
  "notices.list": () => [own()],
  "notices.unread": () => [own()],
  "notices.read": ({ noticeId }) => [empty({ body: { ids: [noticeId] } }), own()],
  "notices.preferences": () => [own()],
  "notices.setPreferences": () => [
    own({
      body: {
        timeZone: "Europe/Berlin",
        hour: 7,
        weekday: 5,
        cadence: {
          "findings-new": "daily",
          assigned: "immediate",
          clock: "immediate",
          "sync-failed": "off",
          "decision-suspect": "weekly",
          "report-received": "immediate",
          "proof-ending": "daily",
        },
      },
    }),
  ],
  "webhooks.list": () => [own()],
  "webhooks.create": () => [own({ body: { name: "Chat", url: "https://hooks.example.test/x", kinds: ["clock"] } })],
  "webhooks.change": ({ webhookId }) => [refused({ params: { id: webhookId }, body: { revision: 1, enabled: false } })],
  "webhooks.remove": ({ webhookId }) => [refused({ params: { id: webhookId } })],
  "webhooks.test": ({ webhookId }) => [refused({ params: { id: webhookId } })],
  "webhooks.deliveries": ({ webhookId }) => [refused({ params: { id: webhookId } })],
  "work.today": () => [own()],
  "work.search": () => [own({ query: { text: "BRAVO" } })],

  "controls.catalogues": () => [own()],
  "controls.remove": ({ catalogId }) => [refused({ params: { id: catalogId } })],
  "controls.chosen": ({ releaseId }) => [refused({ params: { releaseId } })],
  "controls.choose": ({ releaseId, catalogName }, mine) => [
    refused({ params: { releaseId }, body: { names: [], revision: 0 } }),
    refused({ params: { releaseId: mine.releaseId }, body: { names: [catalogName], revision: 0 } }),
  ],
  "controls.mds2": ({ releaseId }) => [refused({ params: { releaseId } })],
  "POST /api/catalogs": () => [own({ body: catalogOf("OTHER") })],
  "GET /api/catalogs/:file": ({ catalogName }) => [
    refused({ params: { file: `${catalogName}.json` } }),
    refused({ params: { file: `${catalogName}.csv` } }),
  ],
  "GET /api/releases/:id/trace.xlsx": ({ releaseId }) => [refused({ params: { id: releaseId } })],
  "GET /api/releases/:id/trace.csv": ({ releaseId }) => [refused({ params: { id: releaseId } })],
  "GET /api/releases/:id/controls.oscal.json": ({ releaseId }) => [refused({ params: { id: releaseId } })],
  "POST /api/releases/:id/mds2": ({ releaseId }) => [refused({ params: { id: releaseId }, body: "no workbook" })],
  "GET /api/releases/:id/mds2.xlsx": ({ releaseId }) => [refused({ params: { id: releaseId } })],
  "GET /api/releases/:id/mds2.csv": ({ releaseId }) => [refused({ params: { id: releaseId } })],

  "POST /api/intel/bundle": () => [refused({ body: { none: "trusted" } })],
  "POST /api/releases/:id/sbom": ({ releaseId }) => [refused({ params: { id: releaseId }, body: SBOM })],
  "POST /api/releases/:id/security-file": ({ releaseId }) => [
    refused({ params: { id: releaseId }, query: { how: "merge", revision: "1" }, body: SECURITY_FILE }),
  ],
  "GET /api/releases/:id/security-file/models/:format": ({ releaseId }) => [
    refused({ params: { id: releaseId, format: "otm" } }),
  ],
  "GET /api/releases/:id/security-file/models/:format/losses": ({ releaseId }) => [
    refused({ params: { id: releaseId, format: "otm" } }),
  ],
  "GET /api/releases/:id/security-file.yaml": ({ releaseId }) => [refused({ params: { id: releaseId } })],
  "POST /api/releases/:id/vex": ({ releaseId }) => [refused({ params: { id: releaseId }, body: VEX })],
  "GET /api/vex/:id/file": ({ vexId }) => [refused({ params: { id: vexId } })],
  "disclosure.list": () => [own()],
  "disclosure.get": ({ caseId }) => [refused({ params: { id: caseId } })],
  "disclosure.change": ({ caseId, deviceId }, mine) => [
    refused({ params: { id: caseId }, body: { revision: 1, state: "triage" } }),
    refused({ params: { id: mine.caseId }, body: { revision: 1, deviceId } }),
  ],
  "disclosure.say": ({ caseId }) => [refused({ params: { id: caseId }, body: { text: "hello" } })],
  "disclosure.newLink": ({ caseId }) => [refused({ params: { id: caseId } })],
  "disclosure.intake": () => [own()],
  "disclosure.changeIntake": () => [own({ body: { ...INTAKE, revision: 1 } })],
  "POST /api/disclosure/reports": () => [own({ form: { title: "Found", product: "Pump", reproduce: "Look." } })],
  "GET /api/disclosure/attachments/:id": ({ attachmentId }) => [refused({ params: { id: attachmentId } })],
  "GET /report": () => [own()],
  "GET /report/:slug": () => [refused({ params: { slug: "o-none" } })],
  "GET /report/:slug/key.asc": () => [refused({ params: { slug: "o-none" } })],
  "GET /report/:slug/case/:token": ({ caseId }) => [refused({ params: { slug: "alpha-works", token: caseId } })],
  "POST /report/:slug": () => [refused({ params: { slug: "o-none" }, form: { title: "x" } })],
  "POST /report/:slug/case/:token": () => [
    refused({ params: { slug: "alpha-works", token: NEVER_MADE }, form: { text: "hello" } }),
  ],
  "GET /.well-known/security.txt": () => [own()],
  "GET /api/ledger/export": () => [own()],
  "GET /api/releases/:id/vex.json": ({ releaseId }) => [refused({ params: { id: releaseId } })],
  "POST /api/advisories/:id/letter/:format": ({ securityAdvisoryId }) => [
    refused({ params: { id: securityAdvisoryId, format: "docx" }, body: { text: LETTER } }),
  ],
  "GET /.well-known/csaf/provider-metadata.json": () => [own()],
  "GET /csaf/:provider/provider-metadata.json": ({ csafPath }) => [own({ params: { provider: csafPath } })],
  "GET /csaf/:provider/openpgp/:file": (_, { csafPath }) => [
    refused({ params: { provider: csafPath, file: `${"0".repeat(40)}.asc` } }),
  ],
  "GET /csaf/*": () => [refused({ params: { "*": "nothing" } })],
  "GET /csaf/:provider/white/": ({ csafPath }) => [own({ params: { provider: csafPath } })],
  "GET /csaf/:provider/white/:year/": ({ csafPath }) => [refused({ params: { provider: csafPath, year: 1999 } })],
  "GET /csaf/:provider/white/:file": ({ csafPath }) => [own({ params: { provider: csafPath, file: "index.txt" } })],
  "GET /csaf/:provider/white/:year/:file": (_, { csafPath }) => [
    refused({ params: { provider: csafPath, year: 2026, file: "nothing.json" } }),
  ],
  "GET /api/sboms/:id/file": ({ sbomId }) => [refused({ params: { id: sbomId } })],
};
