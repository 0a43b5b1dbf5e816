import { Button, Modal, PasswordInput, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { auth } from "../api/auth.ts";
import { ask } from "../api/client.ts";
import { CopyLine } from "../kit/copy-line.tsx";
import { Mark } from "../kit/mark.tsx";
import { say } from "../kit/notify.tsx";
import { Section } from "../kit/section.tsx";
import { refusalText } from "../sign-in/refusal-text.ts";
import { QrPicture } from "./qr-picture.tsx";

interface Setup {
  totpURI: string;
  backupCodes: string[];
}

/** A second step after the password: six digits from an authenticator app. */
export function OneTimeCodes({ on }: { on: boolean }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [setup, setSetup] = useState<Setup | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: ask.people.key() });
  const close = () => {
    setAsking(false);
    setSetup(null);
    setRefused(null);
  };
  const withPassword = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get("password"));
    setBusy(true);
    if (on) {
      const { error } = await auth.twoFactor.disable({ password });
      if (error === null) {
        say("One-time codes are off");
        close();
        await refresh();
      } else setRefused(refusalText(error));
    } else {
      const { data, error } = await auth.twoFactor.enable({ password });
      if (error !== null) setRefused(error.code === "INVALID_PASSWORD" ? "The password is wrong." : refusalText(error));
      else if ("totpURI" in data) setSetup({ totpURI: data.totpURI, backupCodes: data.backupCodes });
    }
    setBusy(false);
  };
  const withCode = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    const { error } = await auth.twoFactor.verifyTotp({
      code: String(new FormData(event.currentTarget).get("code")).trim(),
    });
    setBusy(false);
    if (error !== null) return setRefused(refusalText(error));
    say("One-time codes are on");
    close();
    await refresh();
  };
  return (
    <Section title="One-time codes">
      <div className="switch-line">
        <p className={on ? "note-good" : "note-warn"}>
          <Mark shape={on ? "check" : "triangle"} />
          <span>
            {on
              ? "On: after the password, a code from your authenticator app."
              : "Off: whoever knows your password gets in."}
          </span>
        </p>
        <Button variant="default" onClick={() => setAsking(true)}>
          {on ? "Turn off" : "Turn on"}
        </Button>
      </div>
      <Modal
        opened={asking}
        onClose={close}
        title="One-time codes"
        closeButtonProps={{ "aria-label": "Close" }}
        closeOnClickOutside={setup === null}
      >
        {refused !== null && (
          <p className="gate-refused" role="alert">
            {refused}
          </p>
        )}
        {setup === null ? (
          <form onSubmit={(event) => void withPassword(event)} className="form">
            <PasswordInput
              label="Your password"
              name="password"
              required
              autoComplete="current-password"
              data-autofocus
            />
            <div className="form-end">
              <Button type="submit" loading={busy}>
                Continue
              </Button>
            </div>
          </form>
        ) : (
          <form onSubmit={(event) => void withCode(event)} className="form">
            <p>1. Scan this with your authenticator app, or type the secret into it.</p>
            <QrPicture text={setup.totpURI} label="QR code for your authenticator app" />
            <CopyLine text={new URL(setup.totpURI).searchParams.get("secret") ?? ""} label="secret" />
            <p>
              2. Keep these backup codes where you keep papers. Each works once, when the phone is gone. Shown this
              once.
            </p>
            <ul className="backup-codes mono">
              {setup.backupCodes.map((code) => (
                <li key={code}>{code}</li>
              ))}
            </ul>
            <TextInput
              label="3. The code the app shows now"
              name="code"
              required
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={6}
            />
            <div className="form-end">
              <Button type="submit" loading={busy}>
                Turn on
              </Button>
            </div>
          </form>
        )}
      </Modal>
    </Section>
  );
}
