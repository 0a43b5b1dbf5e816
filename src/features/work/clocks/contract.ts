import * as z from "zod";
import { base } from "../../../lib/contract.ts";
import { PageInput, pageOf } from "../../../lib/page.ts";
import { Clock, ClockEvent, ClockSettings, ClockSubject, Evidence } from "./schema.ts";

const seen = z.object({ id: z.uuid(), revision: z.number().int() });
const reads = base.meta({ can: "today:read" });
const runs = base.meta({ can: "clock:manage" });

/** Clocks that regulations set: what must be done by when, and the evidence that it was. */
export const clocksContract = {
  list: reads
    .route({ method: "GET", path: "/clocks", summary: "Clocks, what is due first first" })
    .input(
      PageInput.extend({
        /** `running`: due first. `all`: stopped and voided ones too, due last first. */
        show: z.enum(["running", "all"]).default("running"),
        subjectType: z.string().max(40).optional(),
        subjectId: z.string().max(200).optional(),
        deviceId: z.uuid().optional(),
      }),
    )
    .output(pageOf(Clock)),
  get: reads
    .route({ method: "GET", path: "/clocks/{id}", summary: "One clock" })
    .input(z.object({ id: z.uuid() }))
    .output(Clock),
  /** Starts every clock that the event starts here. Empty: none does, or they run already. */
  start: runs
    .route({ method: "POST", path: "/clocks", summary: "Say what was learned: starts the clocks that it starts" })
    .input(z.object({ event: ClockEvent, subject: ClockSubject, learnedAt: z.iso.datetime(), evidence: Evidence }))
    .output(z.object({ items: z.array(Clock) })),
  stop: runs
    .route({ method: "POST", path: "/clocks/{id}/stop", summary: "Stop a clock with evidence" })
    .input(seen.extend({ stoppedAt: z.iso.datetime(), evidence: Evidence }))
    .output(Clock),
  void: runs
    .route({
      method: "POST",
      path: "/clocks/{id}/void",
      summary: "Say that a clock was started by mistake, or stopped: then it runs again",
    })
    .input(seen.extend({ reason: z.string().trim().min(1).max(2_000) }))
    .output(Clock),
  assign: runs
    .route({ method: "POST", path: "/clocks/{id}/owner", summary: "Say who answers for a clock" })
    .input(seen.extend({ userId: z.string().max(100).nullable() }))
    .output(Clock),
  settings: reads
    .route({ method: "GET", path: "/clock-settings", summary: "Time zone, and which instruments start clocks" })
    .output(ClockSettings),
  changeSettings: base
    .meta({ can: "organization:manage" })
    .route({ method: "PATCH", path: "/clock-settings", summary: "Set the time zone and the instruments" })
    .input(
      z.object({
        revision: z.number().int(),
        /** IANA name. Running clocks keep theirs. */
        timeZone: z.string().min(1).max(60),
        off: z.array(z.string().max(100)).max(100),
      }),
    )
    .output(ClockSettings),
};
