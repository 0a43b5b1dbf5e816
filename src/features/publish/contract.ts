import * as z from "zod";
import { base } from "../../lib/contract.ts";
import { PageInput, pageOf } from "../../lib/page.ts";
import {
  Advisory,
  AdvisoryContent,
  AdvisoryRow,
  AdvisoryState,
  Letter,
  Preview,
  Publisher,
  PublisherSettings,
} from "./schema.ts";

const id = z.object({ id: z.uuid() });
const seen = id.extend({ revision: z.coerce.number().int() });
const sentence = z.string().trim().min(1).max(2_000);
const reads = base.meta({ can: "advisory:read" });
const writes = base.meta({ can: "advisory:write" });
const publishes = base.meta({ can: "advisory:publish" });

/** Security advisories: drafted from findings, edited, published for good; and who publishes them. */
export const publishContract = {
  list: reads
    .route({ method: "GET", path: "/advisories", summary: "Security advisories, last changed first" })
    .input(PageInput.extend({ state: AdvisoryState.optional() }))
    .output(pageOf(AdvisoryRow)),
  get: reads.route({ method: "GET", path: "/advisories/{id}", summary: "One advisory" }).input(id).output(Advisory),
  start: writes
    .route({ method: "POST", path: "/advisories", successStatus: 201, summary: "Draft an advisory from findings" })
    .input(z.object({ vulnerabilities: z.array(z.string().trim().min(1).max(200)).min(1).max(20) }))
    .output(Advisory),
  change: writes
    .route({ method: "PATCH", path: "/advisories/{id}", summary: "Change the text of an advisory" })
    .input(seen.extend({ content: AdvisoryContent }))
    .output(Advisory),
  discard: writes
    .route({ method: "POST", path: "/advisories/{id}/discarding", summary: "Throw away a draft" })
    .input(seen)
    .output(z.object({ discarded: z.boolean() })),
  /** Keeps nothing. */
  preview: writes
    .route({ method: "POST", path: "/advisories/{id}/preview", summary: "The document as it would go out, checked" })
    .input(id.extend({ content: AdvisoryContent }))
    .output(Preview),
  publish: publishes
    .route({ method: "POST", path: "/advisories/{id}/publication", summary: "Publish the next issue, signed" })
    .input(seen.extend({ summary: sentence }))
    .output(Advisory),
  withdraw: publishes
    .route({ method: "POST", path: "/advisories/{id}/withdrawal", summary: "Take a published advisory back" })
    .input(seen.extend({ reason: sentence }))
    .output(Advisory),
  issue: reads
    .route({
      method: "GET",
      path: "/advisories/{id}/issues/{number}",
      summary: "A published issue, with its hashes and signature",
    })
    .input(id.extend({ number: z.coerce.number().int().min(1) }))
    .output(
      z.object({
        fileName: z.string(),
        document: z.string(),
        sha256: z.string(),
        sha512: z.string(),
        signature: z.string(),
        keyFingerprint: z.string(),
      }),
    ),
  letter: reads
    .route({ method: "GET", path: "/advisories/{id}/letter", summary: "A letter to customers, to be edited" })
    .input(id.extend({ site: z.string().max(200).optional() }))
    .output(Letter),
  publisher: reads
    .route({ method: "GET", path: "/publisher", summary: "Who publishes, and where subscribers read" })
    .output(Publisher),
  changePublisher: base
    .meta({ can: "publisher:manage" })
    .route({ method: "PUT", path: "/publisher", summary: "Say who publishes; turn the CSAF provider on or off" })
    .input(PublisherSettings.extend({ revision: z.number().int() }))
    .output(Publisher),
};
