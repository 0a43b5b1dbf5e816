import { Button, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { AccountSecurity } from "../../features/people/schema.ts";
import { auth } from "../api/auth.ts";
import { ask } from "../api/client.ts";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";
import { refusalText } from "../sign-in/refusal-text.ts";

/** Sign-in with a finger, a face or a security key: nothing to phish, nothing to forget. */
export function Passkeys({ passkeys }: { passkeys: AccountSecurity["passkeys"] }) {
  const queries = useQueryClient();
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<{ error: Parameters<typeof refusalText>[0] | null } | undefined>) => {
    setBusy(true);
    setRefused(null);
    const answer = await work();
    setBusy(false);
    if (answer?.error) setRefused(refusalText(answer.error));
    await queries.invalidateQueries({ queryKey: ask.people.key() });
  };
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const name = String(new FormData(form).get("name")).trim();
    void run(async () => auth.passkey.addPasskey({ name })).then(() => form.reset());
  };
  return (
    <Section title="Passkeys" count={passkeys.length}>
      {refused !== null && (
        <p className="gate-refused" role="alert">
          {refused}
        </p>
      )}
      {passkeys.length > 0 && (
        <ul className="plain-list">
          {passkeys.map(({ id, name, createdAt }) => (
            <li key={id}>
              <span>
                <b>{name === "" ? "Passkey" : name}</b>
                {createdAt !== null && (
                  <small className="quiet">
                    added <When at={createdAt} />
                  </small>
                )}
              </span>
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                disabled={busy}
                onClick={() => void run(() => auth.passkey.deletePasskey({ id }))}
              >
                Remove<span className="sr-only"> {name}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={add} className="inline-form">
        <TextInput
          label="Name of this device or key"
          name="name"
          required
          maxLength={100}
          placeholder="Laptop at the office"
        />
        <Button type="submit" variant="default" loading={busy}>
          Add a passkey
        </Button>
      </form>
    </Section>
  );
}
