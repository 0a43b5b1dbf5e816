import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { auth } from "../api/auth.ts";
import { Gate } from "./gate.tsx";
import { refusalText } from "./refusal-text.ts";

interface Props {
  onDone: () => void;
  onBack: () => void;
}

/** The one-time code after the password, or a backup code when the phone is gone. */
export function SecondStep({ onDone, onBack }: Props) {
  const [backup, setBackup] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const check = async (code: string) => {
    setBusy(true);
    setRefused(null);
    const { error } = await (backup ? auth.twoFactor.verifyBackupCode({ code }) : auth.twoFactor.verifyTotp({ code }));
    setBusy(false);
    if (error === null) onDone();
    else setRefused(refusalText(error));
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void check(String(new FormData(event.currentTarget).get("code")).trim());
  };
  return (
    <Gate title={backup ? "Backup code" : "One-time code"}>
      <form onSubmit={submit} className="gate-form">
        {refused !== null && (
          <p className="gate-refused" role="alert">
            {refused}
          </p>
        )}
        {backup ? (
          <TextInput
            label="One of the backup codes you kept"
            name="code"
            required
            autoFocus
            autoComplete="off"
            size="md"
          />
        ) : (
          <>
            <p className="gate-lead">Enter the six digits that your authenticator app shows for Cordon.</p>
            <TextInput
              key={refused}
              label="Code"
              name="code"
              required
              autoFocus
              inputMode="numeric"
              autoComplete="one-time-code"
              pattern="[0-9]{6}"
              maxLength={6}
              size="md"
              className="num"
              onChange={({ currentTarget: { value } }) => {
                if (/^\d{6}$/.test(value)) void check(value);
              }}
            />
          </>
        )}
        <Button type="submit" size="md" fullWidth loading={busy}>
          Continue
        </Button>
        <div className="gate-links">
          <button type="button" className="text-button" onClick={() => setBackup(!backup)}>
            {backup ? "Use the authenticator app" : "Use a backup code"}
          </button>
          <button type="button" className="text-button" onClick={onBack}>
            Start again
          </button>
        </div>
      </form>
    </Gate>
  );
}
