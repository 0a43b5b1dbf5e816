import * as z from "zod";
import { base } from "../../../lib/contract.ts";
import { PageInput, pageOf } from "../../../lib/page.ts";
import { SupportBucket } from "../../intel/support/schema.ts";
import { Part, PartDetail, ReleaseSupport, SbomDifference, SbomUpload } from "./schema.ts";

const id = z.object({ id: z.uuid() });
const reads = base.meta({ can: "sbom:read" });
const flag = z.preprocess(
  (value) => (value === "true" ? true : value === "false" ? false : value),
  z.boolean().optional(),
);

/**
 * What a release is made of. An SBOM is sent as it is, not through this contract:
 * `POST /api/releases/{id}/sbom` with the file as body and its name in `x-file-name`; the answer is an `UploadReceipt`.
 * `GET /api/sboms/{id}/file` gives the very same bytes back.
 */
export const partsContract = {
  uploads: reads
    .route({ method: "GET", path: "/releases/{id}/sboms", summary: "SBOMs of a release, newest first" })
    .input(id.extend(PageInput.shape))
    .output(pageOf(SbomUpload)),
  support: reads
    .route({ method: "GET", path: "/releases/{id}/support", summary: "How long the parts of a release are supported" })
    .input(id)
    .output(ReleaseSupport),
  /** Of the release's current SBOM, or of the upload named. */
  list: reads
    .route({ method: "GET", path: "/releases/{id}/parts", summary: "Parts as a table, page by page" })
    .input(
      id.extend(PageInput.shape).extend({
        sbomId: z.uuid().optional(),
        /** Part of a name, group, supplier or purl. */
        text: z.string().trim().max(200).optional(),
        /** Lacks this NTIA element; `any`: lacks some. */
        missing: z.string().max(50).optional(),
        /** Only parts with open findings. */
        vulnerable: flag,
        /** Only parts no advisory can match, each with the reason. */
        unmatched: flag,
        /** Only parts whose support is in this state today. */
        support: SupportBucket.optional(),
        /** `document`: in the order of the file, which keeps parents before children. */
        sort: z.enum(["document", "name", "findings", "missing", "support"]).default("document"),
      }),
    )
    .output(pageOf(Part)),
  /** One level of the tree; `under` missing: the roots. */
  children: reads
    .route({ method: "GET", path: "/releases/{id}/parts/tree", summary: "Parts directly under a part" })
    .input(
      id.extend(PageInput.shape).extend({ sbomId: z.uuid().optional(), under: z.coerce.number().int().optional() }),
    )
    .output(pageOf(Part)),
  get: reads
    .route({
      method: "GET",
      path: "/releases/{id}/parts/{part}",
      summary: "One part: hashes, who uses it, what it uses",
    })
    .input(id.extend({ part: z.coerce.number().int(), sbomId: z.uuid().optional() }))
    .output(PartDetail),
  difference: reads
    .route({ method: "GET", path: "/sboms/{id}/difference", summary: "What changed between two SBOMs" })
    .input(id.extend({ before: z.uuid() }))
    .output(SbomDifference),
};
