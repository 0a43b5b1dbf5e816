import { auditContract } from "../../features/audit/contract.ts";
import { controlsContract } from "../../features/controls/contract.ts";
import { devicesContract } from "../../features/devices/contract.ts";
import { partsContract } from "../../features/devices/parts/contract.ts";
import { disclosureContract } from "../../features/disclosure/contract.ts";
import { evidenceContract } from "../../features/evidence/contract.ts";
import { intelContract } from "../../features/intel/contract.ts";
import { deviceAdvisoriesContract } from "../../features/intel/device-advisories/contract.ts";
import { fdaContract } from "../../features/intel/fda/contract.ts";
import { findingsContract } from "../../features/intel/findings/contract.ts";
import { inboxContract } from "../../features/intel/inbox/contract.ts";
import { filtersContract } from "../../features/intel/inbox/filters/contract.ts";
import { statementsContract } from "../../features/intel/statements/contract.ts";
import { peopleContract } from "../../features/people/contract.ts";
import { publishContract } from "../../features/publish/contract.ts";
import { riskContract } from "../../features/risk/contract.ts";
import { securityFileContract } from "../../features/security-file/contract.ts";
import { calendarContract } from "../../features/work/calendar/contract.ts";
import { clocksContract } from "../../features/work/clocks/contract.ts";
import { workContract } from "../../features/work/contract.ts";
import { noticesContract, webhooksContract } from "../../features/work/notices/contract.ts";

/** Everything the pages may ask. */
export const contract = {
  people: peopleContract,
  devices: devicesContract,
  parts: partsContract,
  findings: findingsContract,
  inbox: inboxContract,
  vex: statementsContract,
  filters: filtersContract,
  deviceAdvisories: deviceAdvisoriesContract,
  fda: fdaContract,
  intel: intelContract,
  publish: publishContract,
  risk: riskContract,
  controls: controlsContract,
  evidence: evidenceContract,
  securityFile: securityFileContract,
  audit: auditContract,
  calendar: calendarContract,
  disclosure: disclosureContract,
  clocks: clocksContract,
  notices: noticesContract,
  webhooks: webhooksContract,
  work: workContract,
};
