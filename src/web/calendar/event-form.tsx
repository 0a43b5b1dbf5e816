import { Checkbox, Select, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type CalendarEvent, type EventFacts, EventKind } from "../../features/work/calendar/schema.ts";
import { EVENT_WORD } from "../../features/work/calendar/show.ts";
import { ask } from "../api/client.ts";
import { InstantField, instantOf, localNow } from "../clocks/instant-field.tsx";
import { type FieldText, FormDialog } from "../kit/form-dialog.tsx";
import { say } from "../kit/notify.tsx";
import { today } from "../kit/time.ts";

/** Add an event of the community, or change one. */
export function EventForm({ event, onClose }: { event?: CalendarEvent; onClose: () => void }) {
  const queries = useQueryClient();
  const when = event?.when;
  const [kind, setKind] = useState<EventKind>(event?.kind ?? "conference");
  const [wholeDay, setWholeDay] = useState(when === undefined || "startsOn" in when);
  const [days, setDays] = useState(
    when !== undefined && "startsOn" in when ? when : { startsOn: today(), endsOn: today() },
  );
  const [times, setTimes] = useState(
    when !== undefined && "startsAt" in when
      ? { startsAt: localNow(new Date(when.startsAt)), endsAt: localNow(new Date(when.endsAt)) }
      : { startsAt: localNow(), endsAt: localNow() },
  );
  const done = () => {
    void queries.invalidateQueries({ queryKey: ask.calendar.key() });
    say("Saved");
    onClose();
  };
  const add = useMutation(ask.calendar.add.mutationOptions({ onSuccess: done }));
  const change = useMutation(ask.calendar.change.mutationOptions({ onSuccess: done }));
  const submit = (text: FieldText) => {
    const facts: EventFacts = {
      kind,
      title: text("title"),
      when: wholeDay ? days : { startsAt: instantOf(times.startsAt), endsAt: instantOf(times.endsAt) },
      location: text("location"),
      url: text("url") === "" ? null : text("url"),
      description: text("description"),
      repeats: event?.repeats ?? null,
      timeZone: event?.timeZone ?? null,
    };
    if (event === undefined) add.mutate(facts);
    else change.mutate({ ...facts, id: event.id, revision: event.revision });
  };
  const error = add.error ?? change.error;
  return (
    <FormDialog
      title={event === undefined ? "Add an event" : "Change the event"}
      error={error}
      busy={add.isPending || change.isPending}
      send="Save"
      onSend={submit}
      onClose={onClose}
    >
      <TextInput label="Title" name="title" required maxLength={300} defaultValue={event?.title} data-autofocus />
      <Select
        label="Kind"
        allowDeselect={false}
        data={EventKind.options.map((value) => ({ value, label: EVENT_WORD[value] }))}
        value={kind}
        onChange={(value) => setKind(EventKind.parse(value))}
      />
      <Checkbox
        label="Whole days"
        checked={wholeDay}
        onChange={({ currentTarget }) => setWholeDay(currentTarget.checked)}
      />
      {wholeDay ? (
        <div className="form-row">
          <TextInput
            type="date"
            label="First day"
            required
            value={days.startsOn}
            onChange={({ currentTarget: { value } }) =>
              setDays({ startsOn: value, endsOn: days.endsOn < value ? value : days.endsOn })
            }
          />
          <TextInput
            type="date"
            label="Last day"
            required
            min={days.startsOn}
            value={days.endsOn}
            onChange={({ currentTarget: { value } }) => setDays({ ...days, endsOn: value })}
          />
        </div>
      ) : (
        <div className="form-row">
          <InstantField
            label="Begins"
            value={times.startsAt}
            onChange={(startsAt) => setTimes({ startsAt, endsAt: times.endsAt < startsAt ? startsAt : times.endsAt })}
          />
          <InstantField label="Ends" value={times.endsAt} onChange={(endsAt) => setTimes({ ...times, endsAt })} />
        </div>
      )}
      <TextInput label="Place" name="location" maxLength={300} defaultValue={event?.location} />
      <TextInput label="Address on the web" name="url" type="url" maxLength={2_000} defaultValue={event?.url ?? ""} />
      <Textarea
        label="More"
        name="description"
        maxLength={10_000}
        autosize
        minRows={2}
        defaultValue={event?.description}
      />
    </FormDialog>
  );
}
