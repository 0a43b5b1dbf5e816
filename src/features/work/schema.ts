import * as z from "zod";
import { Counts, Phase } from "../devices/schema.ts";
import { CaseRow } from "../disclosure/schema.ts";
import { FindingRow } from "../intel/findings/schema.ts";
import { SupportSummary } from "../intel/support/schema.ts";
import { Feed, SyncRun } from "../intel/sync/schema.ts";

const Place = z.object({
  device: z.object({ id: z.uuid(), name: z.string() }),
  release: z.object({ id: z.uuid(), version: z.string() }),
});

/** What needs a person today; each list at most ten, its count exact to 10,000. */
export const Today = z.object({
  /** True: the organisation has no device, so nothing can need anybody. */
  noDevice: z.boolean(),
  /** Found since yesterday, at the same hour. */
  newFindings: z.object({
    since: z.iso.datetime(),
    count: z.number().int(),
    exploited: z.number().int(),
    items: z.array(FindingRow),
  }),
  /** Reports from outside that nobody read yet, or whose reporter wrote last, each with its clock due next; none without the right to read them. */
  reports: z.object({
    count: z.number().int(),
    items: z.array(
      CaseRow.extend({
        clock: z.object({ task: z.string(), dueAt: z.iso.datetime(), late: z.boolean() }).nullable(),
      }),
    ),
  }),
  /** In triage, assigned to me. */
  mine: z.object({ count: z.number().int(), items: z.array(FindingRow) }),
  /** Decisions made for another version of a component than the one there now. */
  suspect: z.object({ count: z.number().int(), items: z.array(FindingRow) }),
  /** Releases with more open or more exploited findings than a day ago; one first compared since is in `newFindings` alone. */
  worse: z.array(
    Place.extend({ before: z.object({ open: z.number().int(), exploited: z.number().int() }), now: Counts }),
  ),
  intel: z.object({
    /** True: no advisories were ever loaded. */
    none: z.boolean(),
    stale: z.array(Feed),
    lastRun: SyncRun.nullable(),
  }),
  /** Notices that do not reach mailboxes, for whoever can mend it; null: all arrive, or somebody else mends it. */
  mail: z
    .object({
      /** Mails that wait for the server. */
      waiting: z.number().int(),
      reason: z.string().nullable(),
      since: z.iso.datetime().nullable(),
      /** People whose address the server refuses. */
      refused: z.array(z.object({ name: z.string(), reason: z.string() })),
    })
    .nullable(),
  /** Releases not yet decommissioned that nobody gave an SBOM. */
  missingSbom: z.array(Place.extend({ phase: Phase })),
  /** Support ends within 180 days, or ended and units are still in use. */
  /** Current releases with parts whose support ends within twelve months, the next to end first. */
  partsEnding: z.array(Place.extend(SupportSummary.shape)),
  /** Releases with findings of tests that nobody decided on, or that were deferred to a day that has passed; the gravest first. */
  testFindings: z.array(Place.extend({ open: z.number().int(), overdue: z.number().int() })),
  /** Releases with controls whose proof ran out, or will within 30 days; the next first. */
  proofsEnding: z.array(
    Place.extend({
      ended: z.number().int(),
      ending: z.number().int(),
      next: z.object({ name: z.string(), on: z.iso.date() }).nullable(),
    }),
  ),
  endOfSupport: z.array(Place.extend({ on: z.iso.date(), days: z.number().int(), unitsInUse: z.number().int() })),
});
export type Today = z.infer<typeof Today>;

/** Something the palette found. */
export const Hit = z.object({
  kind: z.enum(["device", "release", "component", "vulnerability", "finding", "person"]),
  id: z.string(),
  title: z.string(),
  detail: z.string(),
  /** Device and release it belongs to, where there is one. */
  deviceId: z.uuid().nullable(),
  releaseId: z.uuid().nullable(),
});
export type Hit = z.infer<typeof Hit>;
