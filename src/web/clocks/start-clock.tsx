import { Select, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { periodText } from "../../features/work/clocks/due.ts";
import { ClockEvent } from "../../features/work/clocks/schema.ts";
import { ask } from "../api/client.ts";
import { type FieldText, FormDialog } from "../kit/form-dialog.tsx";
import { say } from "../kit/notify.tsx";
import { counted } from "../kit/words.ts";
import { EVENT_WORDS } from "./clock-words.ts";
import { InstantField, instantOf, localNow } from "./instant-field.tsx";

/** Say what was learned; what starts by it is shown before it starts. */
export function StartClock({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const settings = useQuery(ask.clocks.settings.queryOptions());
  const devices = useQuery(ask.devices.list.queryOptions({ input: { limit: 100 } }));
  const [event, setEvent] = useState<ClockEvent | null>(null);
  const [deviceId, setDeviceId] = useState<string | null>(null);
  const [at, setAt] = useState(localNow());
  const start = useMutation(
    ask.clocks.start.mutationOptions({
      onSuccess: ({ items }) => {
        void queries.invalidateQueries({ queryKey: ask.clocks.key() });
        say(items.length === 0 ? "Its clocks run already" : `${counted(items.length, "clock")} started`);
        onClose();
      },
    }),
  );
  const starts = (settings.data?.instruments ?? [])
    .filter(({ on }) => on)
    .flatMap(({ title, clocks }) =>
      clocks.filter(({ startsOn }) => event !== null && startsOn.includes(event)).map((clock) => ({ ...clock, title })),
    );
  const submit = (text: FieldText) => {
    if (event === null) return;
    const label = text("label");
    const subject = { type: "incident", id: label.trim().toLowerCase(), label, deviceId };
    start.mutate({ event, subject, learnedAt: instantOf(at), evidence: { text: text("text") } });
  };
  return (
    <FormDialog
      title="Something was learned"
      size="lg"
      error={start.error}
      busy={start.isPending}
      send={<>Start {counted(starts.length, "clock")}</>}
      ready={starts.length > 0}
      onSend={submit}
      onClose={onClose}
    >
      <Select
        label="What happened"
        required
        searchable
        data-autofocus
        data={ClockEvent.options.map((value) => ({ value, label: EVENT_WORDS[value] }))}
        value={event}
        onChange={(value) => setEvent(value === null ? null : ClockEvent.parse(value))}
      />
      <TextInput
        label="Name it"
        name="label"
        required
        maxLength={180}
        placeholder="Ward 4 pump stop, 21 November"
        description="The same name again starts nothing twice."
      />
      <div className="form-row">
        <InstantField label="Learned at" value={at} onChange={setAt} />
        <Select
          label="Device, if it is one"
          clearable
          clearButtonProps={{ "aria-label": "No device" }}
          searchable
          data={(devices.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={deviceId}
          onChange={setDeviceId}
        />
      </div>
      <Textarea
        label="How we know"
        name="text"
        required
        maxLength={4_000}
        autosize
        minRows={2}
        description="No name or number of a patient: this goes into the record and into notices."
      />
      {event !== null && (
        <div className="note-box" aria-live="polite">
          {starts.length === 0 ? (
            <p>Nothing starts: no instrument that is switched on here names it.</p>
          ) : (
            <>
              <p>This starts:</p>
              <ul>
                {starts.map((clock) => (
                  <li key={clock.id}>
                    <b>{clock.task}</b>, {periodText(clock.due)}{" "}
                    <span className="quiet">
                      {clock.title}, {clock.section}
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </FormDialog>
  );
}
