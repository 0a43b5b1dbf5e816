import { Checkbox, NumberInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Action, MAX_KEY_DAYS, NEVER_BY_KEY } from "../../features/people/schema.ts";
import { ask } from "../api/client.ts";
import { useMe } from "../api/me.ts";
import { type FieldText, FormDialog } from "../kit/form-dialog.tsx";
import { When } from "../kit/when.tsx";
import { ShownOnce } from "./shown-once.tsx";

export function MakeKey({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const queries = useQueryClient();
  const offered = me.actions.filter((action) => !NEVER_BY_KEY.has(action));
  const [scopes, setScopes] = useState<Action[]>(
    offered.filter((action) => action === "sbom:upload" || action === "device:read"),
  );
  const [days, setDays] = useState<string | number>(90);
  const create = useMutation(
    ask.people.keys.create.mutationOptions({
      onSuccess: () => void queries.invalidateQueries({ queryKey: ask.people.keys.key() }),
    }),
  );
  const submit = (text: FieldText) => {
    create.mutate({ name: text("name"), scopes, days: Number(days) });
  };
  if (create.data !== undefined)
    return (
      <ShownOnce title={create.data.key.name} secret={create.data.secret} what="key" onClose={onClose}>
        <p>
          Put it into the secrets of your pipeline. It works until <When at={create.data.key.expiresAt} />.
        </p>
      </ShownOnce>
    );
  return (
    <FormDialog
      title="Make an API key"
      error={create.error}
      busy={create.isPending}
      send="Make the key"
      ready={scopes.length > 0}
      onSend={submit}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        name="name"
        required
        maxLength={200}
        data-autofocus
        placeholder="Build pipeline of the pump"
      />
      <NumberInput
        label="Works for (days)"
        value={days}
        onChange={setDays}
        min={1}
        max={MAX_KEY_DAYS}
        allowDecimal={false}
      />
      <Checkbox.Group
        label="May"
        description="Give it no more than it needs."
        value={scopes}
        onChange={(values) => setScopes(values.map((value) => Action.parse(value)))}
      >
        <div className="checks checks-two">
          {offered.map((action) => (
            <Checkbox key={action} value={action} label={<span className="mono">{action}</span>} />
          ))}
        </div>
      </Checkbox.Group>
    </FormDialog>
  );
}
