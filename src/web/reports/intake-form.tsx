import { Button, Checkbox, Switch, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Intake } from "../../features/disclosure/schema.ts";
import { ask } from "../api/client.ts";
import { say } from "../kit/notify.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { Section } from "../kit/section.tsx";

/** How outsiders can report: off until it is switched on, with a contact and a policy. */
export function IntakeForm({ intake }: { intake: Intake }) {
  const queries = useQueryClient();
  const [enabled, setEnabled] = useState(intake.enabled);
  const [mailReceipts, setMailReceipts] = useState(intake.mailReceipts);
  const change = useMutation(
    ask.disclosure.changeIntake.mutationOptions({
      onSuccess: (now) => {
        say(now.enabled ? "The intake is open" : "The intake is closed");
        return queries.invalidateQueries({ queryKey: ask.disclosure.key() });
      },
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    change.mutate({
      revision: intake.revision,
      enabled,
      mailReceipts,
      slug: text("slug"),
      name: text("name"),
      contactEmail: text("contactEmail"),
      policy: text("policy"),
      languages: text("languages")
        .split(/[\s,]+/)
        .filter((tag) => tag !== ""),
      pgpKey: text("pgpKey") === "" ? null : text("pgpKey"),
    });
  };
  return (
    <Section title="Intake">
      <form onSubmit={submit} className="form form-inset">
        {change.error !== null && <ProblemNotice error={change.error} />}
        <Switch
          label="Outsiders can report here, without an account"
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
        <div className="form-row">
          <TextInput label="Name of the organisation" name="name" defaultValue={intake.name} required maxLength={200} />
          <TextInput
            label="Path of the form"
            description={intake.addresses.form.replace(/[^/]*$/, "…")}
            name="slug"
            defaultValue={intake.slug}
            required
            maxLength={40}
          />
        </div>
        <div className="form-row">
          <TextInput
            label="Contact e-mail"
            name="contactEmail"
            type="email"
            defaultValue={intake.contactEmail}
            required
            maxLength={254}
          />
          <TextInput
            label="Languages you read"
            description="Tags such as en, de"
            name="languages"
            defaultValue={intake.languages.join(", ")}
            required
          />
        </div>
        <Checkbox
          label="Whoever reports by mail gets a receipt by mail"
          description="With the number and the link, where a mail server is set up. Programs and lists get none."
          checked={mailReceipts}
          onChange={(event) => setMailReceipts(event.currentTarget.checked)}
        />
        <Textarea
          label="Policy"
          name="policy"
          defaultValue={intake.policy}
          required
          autosize
          minRows={6}
          maxRows={18}
          maxLength={20_000}
        />
        <Textarea
          label="OpenPGP public key"
          description="Armoured, as gpg --armor --export gives it. Leave it empty for none."
          name="pgpKey"
          defaultValue={intake.pgpKey ?? ""}
          autosize
          minRows={2}
          maxRows={8}
        />
        <div className="form-end">
          <Button type="submit" loading={change.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Section>
  );
}
