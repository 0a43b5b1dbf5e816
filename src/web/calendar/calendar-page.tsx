import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { CalendarEvent, Span } from "../../features/work/calendar/schema.ts";
import { EVENT_WORD } from "../../features/work/calendar/show.ts";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { Empty } from "../kit/empty.tsx";
import { LoadingRows } from "../kit/loading.tsx";
import { say, sayProblem } from "../kit/notify.tsx";
import { PageHead } from "../kit/page-head.tsx";
import { PathLink } from "../kit/path-link.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { Section } from "../kit/section.tsx";
import { today } from "../kit/time.ts";
import { When } from "../kit/when.tsx";
import { EventForm } from "./event-form.tsx";
import { ImportEvents } from "./import-events.tsx";

type Open = { kind: "add" } | { kind: "import" } | { kind: "edit"; event: CalendarEvent } | null;

/** What is coming: our own dates, and what the community does, month by month. */
export function CalendarPage() {
  const may = useMay();
  const [open, setOpen] = useState<Open>(null);
  const calendar = useQuery(ask.calendar.list.queryOptions({ input: { from: today() } }));
  const lines = [
    ...(calendar.data?.dates ?? []).map((date) => ({ ...date, event: null })),
    ...(calendar.data?.events ?? []).map((event) => ({
      title: event.title,
      category: EVENT_WORD[event.kind],
      when: event.when,
      path: event.url,
      event,
    })),
  ].sort((a, b) => (startOf(a.when) < startOf(b.when) ? -1 : 1));
  const months = Map.groupBy(lines, ({ when }) => startOf(when).slice(0, 7));
  return (
    <div className="page page-narrow">
      <p className="crumb">
        <Link to="/today">Today</Link>
      </p>
      <PageHead
        title="Calendar"
        question="What is coming?"
        actions={
          <>
            <Link to="/account/notices">Add it to my calendar</Link>
            {may("calendar:write") && (
              <>
                <Button variant="default" onClick={() => setOpen({ kind: "import" })}>
                  Import
                </Button>
                <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen({ kind: "add" })}>
                  Add an event
                </Button>
              </>
            )}
          </>
        }
      />
      {calendar.error !== null && <ProblemNotice error={calendar.error} onRetry={calendar.refetch} />}
      {calendar.error === null && calendar.data === undefined && <LoadingRows rows={6} height={56} />}
      {calendar.data !== undefined && lines.length === 0 && (
        <Empty title="Nothing is coming">
          <p>
            Clocks, advisories that touch us and ends of support of releases and their parts come here by themselves.
            Add the conference your team goes to, or import the .ics address of your ISAO's meetings.
          </p>
        </Empty>
      )}
      {[...months].map(([month, inMonth]) => (
        <Section key={month} title={monthText(month)}>
          <ul className="items">
            {inMonth.map((line) => (
              <li key={`${line.title}${startOf(line.when)}${line.path}`} className="calendar-line">
                <span className="calendar-day">
                  <SpanText when={line.when} />
                </span>
                <span>
                  {line.path === null ? <b>{line.title}</b> : <PathLink path={line.path}>{line.title}</PathLink>}
                  <small>
                    {line.category}
                    {line.event?.location ? `, ${line.event.location}` : ""}
                    {line.event?.repeats ? ", repeats" : ""}
                    {line.event === null ? "" : `, added by ${line.event.addedBy}`}
                  </small>
                </span>
                {line.event !== null && may("calendar:write") && (
                  <EventActions event={line.event} onEdit={(event) => setOpen({ kind: "edit", event })} />
                )}
              </li>
            ))}
          </ul>
        </Section>
      ))}
      {open?.kind === "add" && <EventForm onClose={() => setOpen(null)} />}
      {open?.kind === "edit" && <EventForm event={open.event} onClose={() => setOpen(null)} />}
      {open?.kind === "import" && <ImportEvents onClose={() => setOpen(null)} />}
    </div>
  );
}

function EventActions({ event, onEdit }: { event: CalendarEvent; onEdit: (event: CalendarEvent) => void }) {
  const queries = useQueryClient();
  const remove = useMutation(
    ask.calendar.remove.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: ask.calendar.key() });
        say(`${event.title} is removed`);
      },
      onError: sayProblem,
    }),
  );
  return (
    <span className="calendar-actions">
      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onEdit(event)}>
        Edit<span className="sr-only"> {event.title}</span>
      </Button>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => remove.mutate({ id: event.id })}>
        Remove<span className="sr-only"> {event.title}</span>
      </Button>
    </span>
  );
}

function SpanText({ when }: { when: Span }) {
  if ("startsAt" in when) return <When at={when.startsAt} time below />;
  return (
    <>
      <When at={when.startsOn} below />
      {when.endsOn !== when.startsOn && (
        <small>
          to <When at={when.endsOn} bare />
        </small>
      )}
    </>
  );
}

const startOf = (when: Span): string => ("startsOn" in when ? when.startsOn : when.startsAt);
const monthText = (month: string): string =>
  new Date(`${month}-15T12:00:00`).toLocaleDateString("en-GB", { month: "long", year: "numeric" });
