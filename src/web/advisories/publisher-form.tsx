import { Button, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type Publisher, PublisherCategory, PublisherSettings } from "../../features/publish/schema.ts";
import { ask } from "../api/client.ts";
import { say } from "../kit/notify.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { Section } from "../kit/section.tsx";
import { CATEGORY_WORD, optionsOf } from "./words.ts";

export function PublisherForm({ publisher, disabled }: { publisher: Publisher; disabled: boolean }) {
  const queries = useQueryClient();
  const [settings, setSettings] = useState<PublisherSettings>(publisher);
  const save = useMutation(
    ask.publish.changePublisher.mutationOptions({
      onSuccess: (saved) => {
        queries.setQueryData(ask.publish.publisher.queryKey(), saved);
        say("Saved");
      },
    }),
  );
  const change = (part: Partial<PublisherSettings>) => setSettings((was) => ({ ...was, ...part }));
  const wrong = new Map(
    PublisherSettings.safeParse(settings).error?.issues.map(({ path, message }) => [String(path[0]), message]),
  );
  const text = (
    key: "name" | "namespace" | "contact" | "issuingAuthority" | "email" | "phone" | "idPrefix" | "path",
  ) => ({
    value: settings[key],
    error: settings[key] === "" ? undefined : wrong.get(key),
    onChange: (event: { currentTarget: { value: string } }) => change({ [key]: event.currentTarget.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { revision, ...rest } = { ...PublisherSettings.parse(settings), revision: publisher.revision };
    save.mutate({ ...rest, revision });
  };
  return (
    <form onSubmit={submit}>
      <fieldset className="bare-fieldset" disabled={disabled} aria-label="Publisher">
        {save.error !== null && <ProblemNotice error={save.error} />}
        <Section title="Who publishes" note="Stands on every advisory and every letter.">
          <div className="form">
            <div className="form-row">
              <TextInput label="Name" required maxLength={200} {...text("name")} />
              <Select
                label="We are a"
                data={optionsOf(CATEGORY_WORD)}
                value={settings.category}
                allowDeselect={false}
                disabled={disabled}
                onChange={(value) => change({ category: PublisherCategory.parse(value) })}
              />
            </div>
            <TextInput
              label="Namespace"
              required
              placeholder="https://psirt.example.com"
              description="An https address of yours. In CSAF it stands for you, so never change it lightly."
              {...text("namespace")}
            />
            <Textarea
              label="Postal address"
              description="The letterhead."
              value={settings.postalAddress}
              maxLength={1_000}
              onChange={(event) => change({ postalAddress: event.currentTarget.value })}
            />
            <div className="form-row">
              <TextInput label="E-mail" {...text("email")} />
              <TextInput label="Phone" {...text("phone")} />
            </div>
            <TextInput label="How to reach the security team" {...text("contact")} />
            <TextInput
              label="Authority"
              description="Why it is you who speaks about these devices. May stay empty."
              {...text("issuingAuthority")}
            />
            <TextInput
              label="Numbers begin with"
              required
              description={`The next advisory of this year: ${settings.idPrefix}-${new Date().getFullYear()}-0001 or later.`}
              {...text("idPrefix")}
            />
          </div>
        </Section>
        <Section
          title="CSAF provider"
          note="Serves advisories for everybody (TLP:CLEAR) to hospitals' tools without an account: a ROLIE feed, hashes and OpenPGP signatures."
        >
          <div className="form">
            <Switch
              label="Serve advisories for everybody"
              checked={settings.providerOn}
              disabled={disabled}
              onChange={(event) => change({ providerOn: event.currentTarget.checked })}
            />
            <TextInput label="Path on this server" required description={`/csaf/${settings.path}/`} {...text("path")} />
            <Switch
              label="Lists of providers (aggregators) may name us"
              checked={settings.listOnAggregators}
              disabled={disabled}
              onChange={(event) => change({ listOnAggregators: event.currentTarget.checked })}
            />
            <Switch
              label="They may also keep copies of our advisories"
              checked={settings.mirrorOnAggregators}
              disabled={disabled}
              onChange={(event) => change({ mirrorOnAggregators: event.currentTarget.checked })}
            />
          </div>
        </Section>
        {!disabled && (
          <div className="form-end">
            <Button type="submit" loading={save.isPending} disabled={wrong.size > 0}>
              Save
            </Button>
          </div>
        )}
      </fieldset>
    </form>
  );
}
