import type { CalendarEvent, EventFacts, EventKind, Span } from "./schema.ts";

interface Row {
  id: string;
  uid: string;
  kind: EventKind;
  title: string;
  startsOn: string | null;
  endsOn: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  location: string;
  url: string | null;
  description: string;
  repeats: string | null;
  timeZone: string | null;
  imported: boolean;
  addedBy: string;
  changedAt: Date;
  revision: number;
}

export const spanOf = (row: Pick<Row, "startsOn" | "endsOn" | "startsAt" | "endsAt">): Span =>
  row.startsAt !== null
    ? { startsAt: row.startsAt.toISOString(), endsAt: (row.endsAt ?? row.startsAt).toISOString() }
    : { startsOn: row.startsOn ?? "", endsOn: row.endsOn ?? row.startsOn ?? "" };

export const factsOf = (row: Row): EventFacts => ({
  kind: row.kind,
  title: row.title,
  when: spanOf(row),
  location: row.location,
  url: row.url,
  description: row.description,
  repeats: row.repeats,
  timeZone: row.timeZone,
});

export const showEvent = (row: Row): CalendarEvent => ({
  ...factsOf(row),
  id: row.id,
  imported: row.imported,
  addedBy: row.addedBy,
  changedAt: row.changedAt.toISOString(),
  revision: row.revision,
});

/** The columns of what somebody entered or a file says. */
export const columnsOf = ({ when, ...facts }: EventFacts) => ({
  ...facts,
  startsOn: "startsOn" in when ? when.startsOn : null,
  endsOn: "endsOn" in when ? when.endsOn : null,
  startsAt: "startsAt" in when ? new Date(when.startsAt) : null,
  endsAt: "endsAt" in when ? new Date(when.endsAt) : null,
});

export const EVENT_WORD: Record<EventKind, string> = {
  conference: "Conference",
  "isao-meeting": "ISAO or ISAC meeting",
  training: "Training",
  deadline: "Deadline",
  other: "Other",
};
