import { Button, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Clock } from "../../features/work/clocks/schema.ts";
import { ask } from "../api/client.ts";
import { say } from "../kit/notify.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { InstantField, instantOf, localNow } from "./instant-field.tsx";

/** Of a clock that was stopped: that this was a mistake. The stop stays in the record, void; the clock runs again beside it. */
export function StoppedByMistake({ clock: { id, revision } }: { clock: Clock }) {
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const again = useMutation(
    ask.clocks.void.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: ask.clocks.key() });
        say("The clock runs again; the record keeps the stop");
      },
    }),
  );
  if (!open)
    return (
      <Button variant="subtle" color="gray" onClick={() => setOpen(true)}>
        Stopped by mistake?
      </Button>
    );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    again.mutate({ id, revision, reason: String(new FormData(event.currentTarget).get("text")) });
  };
  return (
    <form className="form" onSubmit={submit}>
      <h3>It was stopped by mistake</h3>
      {again.error !== null && <ProblemNotice error={again.error} />}
      <Why then="It runs again from where it began. The stop stays in the record with this reason." />
      <div className="form-end">
        <Button variant="subtle" color="gray" onClick={() => setOpen(false)}>
          It was no mistake
        </Button>
        <Button type="submit" loading={again.isPending}>
          Let it run again
        </Button>
      </div>
    </form>
  );
}

/** Stop with evidence, or say that it was started by mistake. */
export function StopClock({ clock }: { clock: Clock }) {
  const queries = useQueryClient();
  const [mistake, setMistake] = useState(false);
  const [at, setAt] = useState(localNow());
  const done = (text: string) => () => {
    void queries.invalidateQueries({ queryKey: ask.clocks.key() });
    say(text);
  };
  const stop = useMutation(ask.clocks.stop.mutationOptions({ onSuccess: done("The clock is stopped") }));
  const cancel = useMutation(
    ask.clocks.void.mutationOptions({ onSuccess: done("The clock is void; the record keeps it") }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const [text, url] = [String(data.get("text")), String(data.get("url") ?? "")];
    const { id, revision } = clock;
    if (mistake) cancel.mutate({ id, revision, reason: text });
    else stop.mutate({ id, revision, stoppedAt: instantOf(at), evidence: { text, ...(url === "" ? {} : { url }) } });
  };
  const error = mistake ? cancel.error : stop.error;
  return (
    <form className="form" onSubmit={submit}>
      <h3>{mistake ? "It was started by mistake" : "Stop it"}</h3>
      {error !== null && <ProblemNotice error={error} />}
      {mistake ? (
        <Why then="It stays in the record with this reason; nothing is deleted." />
      ) : (
        <>
          <InstantField label="Done at" value={at} onChange={setAt} />
          <Textarea
            label="Evidence"
            name="text"
            required
            maxLength={4_000}
            autosize
            minRows={2}
            description={`What shows it: ${clock.evidenceAsked.slice(0, 1).toLowerCase()}${clock.evidenceAsked.slice(1)}.`}
          />
          <TextInput label="Where it is (address, if there is one)" name="url" type="url" maxLength={2_000} />
        </>
      )}
      <div className="form-end">
        <Button variant="subtle" color="gray" onClick={() => setMistake(!mistake)}>
          {mistake ? "It was no mistake" : "Started by mistake?"}
        </Button>
        <Button type="submit" loading={stop.isPending || cancel.isPending}>
          {mistake ? "Make it void" : "Stop the clock"}
        </Button>
      </div>
    </form>
  );
}

/** Why something was a mistake, and what comes of saying so. */
const Why = ({ then }: { then: string }) => (
  <Textarea label="Why" name="text" required maxLength={2_000} autosize minRows={2} description={then} />
);
