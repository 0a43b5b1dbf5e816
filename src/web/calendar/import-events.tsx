import { Button, FileInput, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ask } from "../api/client.ts";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { counted } from "../kit/words.ts";

/** Events of an iCalendar file or address; what was taken and what was not is said before it closes. */
export function ImportEvents({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [url, setUrl] = useState("");
  const take = useMutation(
    ask.calendar.import.mutationOptions({
      onSuccess: () => void queries.invalidateQueries({ queryKey: ask.calendar.key() }),
    }),
  );
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    take.mutate(file === null ? { url } : { text: await file.text() });
  };
  return (
    <Modal opened onClose={onClose} title="Import events" closeButtonProps={{ "aria-label": "Close" }}>
      {take.data === undefined ? (
        <form className="form" onSubmit={submit}>
          {take.error !== null && <ProblemNotice error={take.error} />}
          <FileInput
            label="Calendar file"
            accept=".ics,text/calendar"
            placeholder="events.ics"
            value={file}
            onChange={setFile}
            clearable
            clearButtonProps={{ "aria-label": "No file" }}
          />
          <TextInput
            label="or its address"
            type="url"
            placeholder="https://isao.example/events.ics"
            value={url}
            disabled={file !== null}
            onChange={({ currentTarget }) => setUrl(currentTarget.value)}
            description="Read once, now. Import it again to take changes over."
          />
          <div className="form-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={take.isPending} disabled={file === null && url === ""}>
              Import
            </Button>
          </div>
        </form>
      ) : (
        <div className="form">
          <p>
            {counted(take.data.added, "event")} added, {take.data.changed} changed, {take.data.unchanged} as before.
          </p>
          {take.data.skipped.length > 0 && (
            <>
              <p>Not taken:</p>
              <ul className="side-list">
                {take.data.skipped.map(({ at, reason }) => (
                  <li key={at}>
                    {reason} <span className="mono">{at}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          <div className="form-end">
            <Button onClick={onClose}>Done</Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
