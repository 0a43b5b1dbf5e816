import { Button, PasswordInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { MIN_PASSWORD_LENGTH } from "../../features/people/schema.ts";
import { auth } from "../api/auth.ts";
import { say } from "../kit/notify.tsx";
import { Section } from "../kit/section.tsx";
import { refusalText } from "../sign-in/refusal-text.ts";

export function Password({ has }: { has: boolean }) {
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    setBusy(true);
    const { error } = await auth.changePassword({
      currentPassword: String(data.get("current")),
      newPassword: String(data.get("next")),
      revokeOtherSessions: true,
    });
    setBusy(false);
    setRefused(
      error === null ? null : error.code === "INVALID_PASSWORD" ? "The present password is wrong." : refusalText(error),
    );
    if (error !== null) return;
    form.reset();
    say("The password is changed; all your other sessions have ended");
  };
  if (!has)
    return (
      <Section title="Password">
        <p className="quiet">This account has no password: a passkey or your organisation's sign-on lets you in.</p>
      </Section>
    );
  return (
    <Section title="Password" note="Changing it ends all your other sessions.">
      <form onSubmit={(event) => void submit(event)} className="inline-form">
        {refused !== null && (
          <p className="gate-refused" role="alert">
            {refused}
          </p>
        )}
        <PasswordInput label="Present password" name="current" required autoComplete="current-password" />
        <PasswordInput
          label={`New password (at least ${MIN_PASSWORD_LENGTH} characters)`}
          name="next"
          required
          minLength={MIN_PASSWORD_LENGTH}
          autoComplete="new-password"
        />
        <Button type="submit" variant="default" loading={busy}>
          Change
        </Button>
      </form>
    </Section>
  );
}
