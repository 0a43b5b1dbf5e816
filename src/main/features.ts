import { join } from "node:path";
import type { AnyRouter } from "@orpc/server";
import type { FastifyInstance } from "fastify";
import { addExportRoute, EXPORT_ROUTES } from "../features/audit/export/routes.ts";
import { auditRoutes } from "../features/audit/routes.ts";
import { controlCatalogues } from "../features/controls/controls.ts";
import { addControlRoutes, CONTROL_ROUTES } from "../features/controls/files/routes.ts";
import { controlsRoutes } from "../features/controls/routes.ts";
import { partsRoutes } from "../features/devices/parts/routes.ts";
import { devicesRoutes } from "../features/devices/routes.ts";
import { addSbomRoutes, SBOM_ROUTES } from "../features/devices/upload/routes.ts";
import { addReportRoutes, REPORT_ROUTES } from "../features/disclosure/files/routes.ts";
import { addPublicRoutes } from "../features/disclosure/public/routes.ts";
import { disclosureRoutes } from "../features/disclosure/routes.ts";
import { addSecurityTxt } from "../features/disclosure/well-known/routes.ts";
import { evidenceRoutes } from "../features/evidence/routes.ts";
import { addEvidenceRoutes, EVIDENCE_ROUTES } from "../features/evidence/upload/routes.ts";
import { addBundleRoute, BUNDLE_ROUTES } from "../features/intel/bundle/routes.ts";
import { deviceAdvisoriesRoutes } from "../features/intel/device-advisories/routes.ts";
import { fdaRoutes } from "../features/intel/fda/routes.ts";
import { checkFeed, feedFolder } from "../features/intel/feed.ts";
import { findingsRoutes } from "../features/intel/findings/routes.ts";
import { filtersRoutes } from "../features/intel/inbox/filters/routes.ts";
import { inboxRoutes } from "../features/intel/inbox/routes.ts";
import { intelRoutes } from "../features/intel/routes.ts";
import { statementsRoutes } from "../features/intel/statements/routes.ts";
import { addVexRoutes, VEX_ROUTES } from "../features/intel/statements/upload/routes.ts";
import type { People } from "../features/people/people.ts";
import { peopleRoutes } from "../features/people/routes.ts";
import { type Action, Principal } from "../features/people/schema.ts";
import { addPublishFileRoutes, PUBLISH_FILE_ROUTES } from "../features/publish/files/routes.ts";
import { addProviderRoutes } from "../features/publish/provider/routes.ts";
import { publishRoutes } from "../features/publish/routes.ts";
import { providersOn } from "../features/publish/store.ts";
import { riskCatalogue } from "../features/risk/risk.ts";
import { riskRoutes } from "../features/risk/routes.ts";
import type { Asked } from "../features/risk/schema.ts";
import { securityFileRoutes } from "../features/security-file/routes.ts";
import { threatCatalogue } from "../features/security-file/security-file.ts";
import { addSecurityFileRoutes, SECURITY_FILE_ROUTES } from "../features/security-file/upload/routes.ts";
import { addCalendarFeed, CALENDAR_ROUTES, calendarRoutes } from "../features/work/calendar/routes.ts";
import { clocksRoutes } from "../features/work/clocks/routes.ts";
import { noticesRoutes } from "../features/work/notices/routes.ts";
import { webhooksRoutes } from "../features/work/notices/webhooks/routes.ts";
import { workRoutes } from "../features/work/routes.ts";
import { clockCatalogue } from "../features/work/work.ts";
import { type SyncTools, syncJob } from "../flows/advisory-arrived.ts";
import { assessReleaseJob } from "../flows/assess-release.ts";
import { webhookSchedule } from "../flows/call-webhooks.ts";
import { clockSchedule } from "../flows/escalate-clocks.ts";
import { intelFiles } from "../flows/intel-index.ts";
import { settleExampleJob } from "../flows/load-example.ts";
import { receiptSchedule } from "../flows/mail-receipts.ts";
import { matchDeviceJob } from "../flows/match-device.ts";
import { moveToHarmJob } from "../flows/move-to-harm.ts";
import { proofSchedule } from "../flows/proofs-ending.ts";
import { mailSchedule } from "../flows/send-mail.ts";
import { openBlobs } from "../platform/blobs/blobs.ts";
import { rewrapSchedule } from "../platform/blobs/rewrap.ts";
import { sweepSchedule } from "../platform/blobs/sweep.ts";
import type { Config } from "../platform/config/config.ts";
import { acrossOrganizations, type Db } from "../platform/db.ts";
import { loadPlugIns } from "../platform/files/load-plug-ins.ts";
import { publicFetch } from "../platform/files/public-fetch.ts";
import { publicPost, refuseAddress } from "../platform/files/public-post.ts";
import type { DescribedRoute } from "../platform/http/openapi.ts";
import { ROOT } from "../platform/installation.ts";
import type { Job, Schedule } from "../platform/jobs/job.ts";
import type { SigningKeys } from "../platform/ledger/keys.ts";
import { openMail } from "../platform/mail.ts";
import { pgpSigners } from "../platform/openpgp.ts";
import { openSeal } from "../platform/seal.ts";
import { refreshIntel } from "./refresh-intel.ts";
import { sourceShelf, sourceTools } from "./source-tools.ts";

/** What the features bring to a server: endpoints of contracts, plain routes for files, jobs, and work at set times. */
export interface Features {
  router: AnyRouter;
  mount(app: FastifyInstance): Promise<void>;
  described: readonly DescribedRoute[];
  jobs: readonly Job[];
  schedules: readonly Schedule[];
  close(): void;
}

export const EXAMPLES = join(ROOT, "examples");

/** Whose questions are whose. */
const ANSWERS: Record<Asked, Action> = {
  "product-security": "risk:security",
  clinical: "risk:clinical",
  privacy: "risk:privacy",
};

/** Where this server is reached, and which Cordon it is. */
export interface About {
  publicUrl: string;
  version: string;
}

const CLOCK = (): Date => new Date();

export async function composeFeatures(
  db: Db,
  people: People,
  keys: SigningKeys,
  config: Config,
  about: About,
  now = CLOCK,
): Promise<Features> {
  riskCatalogue();
  clockCatalogue();
  controlCatalogues();
  threatCatalogue();
  const seal = openSeal(config);
  const blobs = openBlobs(config);
  const mail = openMail(config.mail);
  const { webhookHosts } = config.notices;
  const intelFolder = config.intel.folder ?? join(config.dataFolder, "intel");
  const intel = intelFiles(intelFolder);
  const tools: SyncTools = {
    ...(await sourceTools(config.intel, intelFolder)),
    intel,
    feeds: await loadPlugIns(feedFolder, checkFeed),
    rules: { folders: [EXAMPLES, ...config.intel.sourceFolders] },
  };
  return {
    router: {
      people: peopleRoutes(people),
      devices: devicesRoutes,
      parts: partsRoutes,
      findings: findingsRoutes,
      inbox: inboxRoutes,
      vex: statementsRoutes,
      filters: filtersRoutes,
      deviceAdvisories: deviceAdvisoriesRoutes(intel),
      fda: fdaRoutes,
      intel: intelRoutes(sourceShelf(tools, tools.rules, config.intel)),
      publish: publishRoutes({ ...about, openSigner: pgpSigners(config.secretsFolder) }),
      risk: riskRoutes((principal, of) => principal !== null && people.may(Principal.parse(principal), ANSWERS[of])),
      securityFile: securityFileRoutes,
      controls: controlsRoutes,
      evidence: evidenceRoutes,
      audit: auditRoutes(keys),
      disclosure: disclosureRoutes(people.auth.baseUrl),
      clocks: clocksRoutes,
      calendar: calendarRoutes({ publicUrl: about.publicUrl, fetch: publicFetch }),
      notices: noticesRoutes(mail !== null),
      webhooks: webhooksRoutes(seal, (url) => void refuseAddress(url, webhookHosts)),
      work: workRoutes((principal, action) => principal !== null && people.may(Principal.parse(principal), action)),
    },
    async mount(app) {
      await people.mount(app);
      await addSbomRoutes(app, { db });
      await addVexRoutes(app, { db });
      await addEvidenceRoutes(app, { db, blobs });
      await addControlRoutes(app, { db });
      await addSecurityFileRoutes(app, { db });
      await addBundleRoute(app, { db, tools, keyFiles: config.intel.bundleKeyFiles });
      addExportRoute(app, { db, keys });
      addPublishFileRoutes(app, { db });
      addProviderRoutes(app, { db, publicUrl: about.publicUrl });
      addCalendarFeed(app, { db, publicUrl: about.publicUrl });
      const { baseUrl } = people.auth;
      await addReportRoutes(app, { db, seal, mailFrom: config.mail?.from ?? null });
      await addPublicRoutes(app, { db, seal, baseUrl, now });
      addSecurityTxt(app, {
        db,
        baseUrl,
        more: async () =>
          (await acrossOrganizations(db, providersOn)).map(({ path }) => ({
            name: "CSAF",
            value: `${baseUrl}/csaf/${path}/provider-metadata.json`,
          })),
      });
    },
    described: [
      ...SBOM_ROUTES,
      ...VEX_ROUTES,
      ...EVIDENCE_ROUTES,
      ...SECURITY_FILE_ROUTES,
      ...CONTROL_ROUTES,
      ...EXPORT_ROUTES,
      ...CALENDAR_ROUTES,
      ...PUBLISH_FILE_ROUTES,
      ...REPORT_ROUTES,
      ...BUNDLE_ROUTES,
    ],
    jobs: [
      assessReleaseJob(intel),
      matchDeviceJob(intel),
      moveToHarmJob,
      syncJob(tools),
      settleExampleJob(tools, blobs),
    ],
    schedules: [
      refreshIntel(tools.sources),
      clockSchedule,
      mailSchedule(mail, about.publicUrl),
      receiptSchedule({ send: mail, seal, baseUrl: people.auth.baseUrl }),
      webhookSchedule(publicPost(webhookHosts), seal),
      proofSchedule,
      rewrapSchedule(blobs),
      sweepSchedule(blobs),
    ],
    close: () => intel.close(),
  };
}
