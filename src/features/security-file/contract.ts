import * as z from "zod";
import { base } from "../../lib/contract.ts";
import { Changed, ChangeMade, FileChange, StoredFile } from "./change/schema.ts";
import { Problem } from "./schema.ts";
import { AcceptanceMatrix } from "./threats/schema.ts";

const release = z.object({ releaseId: z.uuid() });
const reads = base.meta({ can: "security-file:read" });
const writes = base.meta({ can: "security-file:write" });

const Matrix = z.object({ id: z.uuid(), matrix: AcceptanceMatrix, addedBy: z.string(), addedAt: z.iso.datetime() });

/** The security file of a release, item by item; whole files go through plain routes. */
export const securityFileContract = {
  get: reads
    .route({ method: "GET", path: "/releases/{releaseId}/security-file", summary: "The security file of a release" })
    .input(release)
    .output(StoredFile),
  /** To look at, not to change: evidence has items and tests have results that are kept beside the file. */
  judged: reads
    .route({
      method: "GET",
      path: "/releases/{releaseId}/security-file/judged",
      summary: "The security file with the evidence and the findings of tests that are kept for the release",
    })
    .input(release)
    .output(StoredFile),
  /** All of them or none. An item carries the revision that was seen: what somebody else changed meanwhile is refused. */
  change: writes
    .route({ method: "POST", path: "/releases/{releaseId}/security-file/changes", summary: "Change a security file" })
    .input(
      release.extend({
        changes: z.array(FileChange).min(1).max(5_000),
        note: z.string().trim().max(2_000).default(""),
      }),
    )
    .output(Changed),
  check: reads
    .route({
      method: "GET",
      path: "/releases/{releaseId}/security-file/check",
      summary: "What is wrong with a security file, and what is missing",
    })
    .input(release)
    .output(z.object({ problems: z.array(Problem) })),
  changes: reads
    .route({
      method: "GET",
      path: "/releases/{releaseId}/security-file/changes",
      summary: "What was changed in a security file, newest first",
    })
    .input(
      release.extend({
        below: z.coerce.number().int().positive().optional(),
        limit: z.coerce.number().int().min(1).max(100).default(25),
      }),
    )
    .output(z.object({ items: z.array(ChangeMade) })),
  /** Takes another release's file over, as the start of this one's. */
  copy: writes
    .route({
      method: "POST",
      path: "/releases/{releaseId}/security-file/copy",
      summary: "Start a security file from another release's",
    })
    .input(release.extend({ from: z.uuid() }))
    .output(Changed),
  matrices: reads
    .route({ method: "GET", path: "/acceptance-matrices", summary: "The organisation's acceptance criteria" })
    .output(z.object({ items: z.array(Matrix) })),
  addMatrix: writes
    .route({
      method: "POST",
      path: "/acceptance-matrices",
      successStatus: 201,
      summary: "Add an edition of acceptance criteria",
    })
    .input(AcceptanceMatrix)
    .output(z.object({ id: z.uuid() })),
};
