import * as z from "zod";
import { base } from "../../../lib/contract.ts";
import { CalendarEvent, EventFacts, Feed, Imported, OwnDate } from "./schema.ts";

const id = z.object({ id: z.uuid() });
const reads = base.meta({ can: "today:read" });
const writes = base.meta({ can: "calendar:write" });
const own = base.meta({ can: "account:manage" });

/** Dates: the organisation's own, and what the community does. */
export const calendarContract = {
  /** `dates`: clocks, advisories, ends of support of releases and of their parts. `events`: what people added. Both from a day on, the next first, at most 500. */
  list: reads
    .route({ method: "GET", path: "/calendar", summary: "Dates and events from a day on" })
    .input(z.object({ from: z.iso.date() }))
    .output(z.object({ dates: z.array(OwnDate), events: z.array(CalendarEvent) })),
  add: writes
    .route({ method: "POST", path: "/calendar/events", successStatus: 201, summary: "Add an event" })
    .input(EventFacts)
    .output(CalendarEvent),
  change: writes
    .route({ method: "PATCH", path: "/calendar/events/{id}", summary: "Change an event" })
    .input(id.extend({ revision: z.number().int() }).extend(EventFacts.shape))
    .output(CalendarEvent),
  remove: writes
    .route({ method: "DELETE", path: "/calendar/events/{id}", successStatus: 200, summary: "Remove an event" })
    .input(id)
    .output(z.object({ removed: z.boolean() })),
  /** Of a file's text or of a public https address; read again, it changes what changed and adds what is new. */
  import: writes
    .route({ method: "POST", path: "/calendar/import", summary: "Take the events of an iCalendar file" })
    .input(
      z.union([
        z.strictObject({ text: z.string().min(1).max(900_000) }),
        z.strictObject({ url: z.url({ protocol: /^https$/ }).max(2_000) }),
      ]),
    )
    .output(Imported),
  feeds: own
    .route({ method: "GET", path: "/account/calendar-feeds", summary: "Addresses of my calendar feed" })
    .output(z.object({ items: z.array(Feed) })),
  /** `url` is shown this once: whoever has it reads the feed. */
  makeFeed: own
    .route({
      method: "POST",
      path: "/account/calendar-feeds",
      successStatus: 201,
      summary: "Make an address of my feed",
    })
    .output(z.object({ feed: Feed, url: z.string() })),
  revokeFeed: own
    .route({ method: "DELETE", path: "/account/calendar-feeds/{id}", successStatus: 200, summary: "Revoke an address" })
    .input(id)
    .output(z.object({ revoked: z.boolean() })),
};
