import * as z from "zod";
import { base } from "../../lib/contract.ts";
import { Changed, ChangeMade, FileChange, StoredFile } from "./change/schema.ts";
import { ComponentRef } from "./design/schema.ts";
import { HarmAttacks, WaysOut } from "./graph/schema.ts";
import { ItemId } from "./item/schema.ts";
import { Proposals } from "./propose/schema.ts";
import { WeighedRisks } from "./risk/schema.ts";
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
  proposals: reads
    .route({
      method: "GET",
      path: "/releases/{releaseId}/security-file/proposals",
      summary: "Threats that rules see in a security file and nobody has answered",
    })
    .input(release)
    .output(Proposals),
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
  /** From a component (package URL or name), an element, flow, interface, asset, credential, zone, update path, or a threat. */
  paths: reads
    .route({
      method: "GET",
      path: "/releases/{releaseId}/security-file/paths",
      summary: "The ways from a part, an element or a threat to the harm of a patient, and how many patients",
    })
    .input(
      release.extend({
        component: ComponentRef.optional(),
        element: ItemId.optional(),
        threat: ItemId.optional(),
        limit: z.coerce.number().int().min(1).max(200).default(20),
      }),
    )
    .output(WaysOut),
  attacks: reads
    .route({
      method: "GET",
      path: "/releases/{releaseId}/security-file/attacks",
      summary: "The ways from outside to harms: shortest and worst, with the controls on the way",
    })
    .input(
      release.extend({
        /** One harm; without it the worst ones. */
        harm: ItemId.optional(),
        harms: z.coerce.number().int().min(1).max(20).default(10),
        limit: z.coerce.number().int().min(1).max(20).default(5),
      }),
    )
    .output(z.object({ items: z.array(HarmAttacks) })),
  risks: reads
    .route({
      method: "GET",
      path: "/releases/{releaseId}/security-file/risks",
      summary: "The risks of a release before and after mitigation, and threats no risk weighs, the most urgent first",
    })
    .input(release)
    .output(WeighedRisks),
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
