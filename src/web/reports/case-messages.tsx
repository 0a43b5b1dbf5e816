import { Button, Checkbox, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type CaseDetail, type CaseMessage, CaseState } from "../../features/disclosure/schema.ts";
import { ask } from "../api/client.ts";
import { sayProblem } from "../kit/notify.tsx";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";
import { CASE_WORD } from "./case-words.ts";

interface Props {
  report: CaseDetail;
  mayHandle: boolean;
}

/** What was said on both sides, and our own notes. */
export function CaseMessages({ report: { id, messages }, mayHandle }: Props) {
  const queries = useQueryClient();
  const [internal, setInternal] = useState(false);
  const say = useMutation(
    ask.disclosure.say.mutationOptions({
      onSuccess: () =>
        Promise.all(
          [ask.disclosure, ask.clocks, ask.audit].map((part) => queries.invalidateQueries({ queryKey: part.key() })),
        ),
      onError: sayProblem,
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = String(new FormData(form).get("text") ?? "");
    say.mutate({ id, text, internal }, { onSuccess: () => form.reset() });
  };
  return (
    <Section title="What was said">
      {messages.length === 0 && <p className="quiet">Nothing yet.</p>}
      <ol className="case-messages">
        {messages.map((message) => (
          <Said key={message.id} {...message} />
        ))}
      </ol>
      {mayHandle && (
        <form onSubmit={submit} className="form form-inset">
          <Textarea
            name="text"
            label={internal ? "Note for ourselves" : "Write to the reporter"}
            required
            maxLength={20_000}
            autosize
            minRows={3}
          />
          <div className="form-end">
            <Checkbox
              label="Only for us"
              checked={internal}
              onChange={(event) => setInternal(event.currentTarget.checked)}
            />
            <Button type="submit" loading={say.isPending}>
              {internal ? "Keep the note" : "Send"}
            </Button>
          </div>
        </form>
      )}
    </Section>
  );
}

const Said = ({ side, by, at, text }: CaseMessage) => (
  <li className={`said said-${side}`}>
    <p className="quiet">
      {side === "reporter" ? "The reporter" : by}
      {side === "internal" && ", a note only we see"}, <When at={at} time />
    </p>
    {side === "state" ? (
      <p>
        <b>{CASE_WORD[CaseState.catch("received").parse(text)]}</b>
      </p>
    ) : (
      <p className="upstream">{text}</p>
    )}
  </li>
);
