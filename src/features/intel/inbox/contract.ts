import * as z from "zod";
import { base } from "../../../lib/contract.ts";
import { PageInput, pageOf } from "../../../lib/page.ts";
import { InboxFilter, Vulnerability, VulnerabilityDetail } from "./schema.ts";

const reads = base.meta({ can: "finding:read" });

/** What is new, and are we hit? One line per vulnerability, or per device and vulnerability. */
export const inboxContract = {
  list: reads
    .route({
      method: "GET",
      path: "/vulnerabilities",
      summary: "Vulnerabilities that touch us, worst for a patient first",
    })
    .input(PageInput.extend(InboxFilter.shape))
    .output(pageOf(Vulnerability)),
  get: reads
    .route({ method: "GET", path: "/vulnerabilities/{advisory}", summary: "One vulnerability" })
    .input(z.object({ advisory: z.string().min(1).max(200), deviceId: z.uuid().optional() }))
    .output(VulnerabilityDetail),
};
