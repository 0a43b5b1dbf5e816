import { Button, PasswordInput, TextInput } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { auth } from "../api/auth.ts";
import { ask } from "../api/client.ts";
import { Gate } from "./gate.tsx";
import { refusalText } from "./refusal-text.ts";
import { safeTarget } from "./safe-target.ts";
import { SecondStep } from "./second-step.tsx";

const route = getRouteApi("/sign-in");

/** Password with one-time code, passkey, or the organisation's own sign-on. */
export function SignInPage() {
  const search = route.useSearch();
  const router = useRouter();
  const queries = useQueryClient();
  const options = useQuery(ask.people.signInOptions.queryOptions());
  const [refused, setRefused] = useState<string | null>(
    search.error === undefined ? null : refusalText({ message: search.error }),
  );
  const [busy, setBusy] = useState<string | null>(null);
  const [needsCode, setNeedsCode] = useState(false);

  const enter = () => {
    queries.clear();
    router.history.push(safeTarget(search.to));
  };
  const attempt = async (
    what: string,
    work: () => Promise<{ error: Parameters<typeof refusalText>[0] | null; second?: boolean }>,
  ) => {
    setBusy(what);
    setRefused(null);
    try {
      const { error, second } = await work();
      if (error !== null) setRefused(refusalText(error));
      else if (second) setNeedsCode(true);
      else enter();
    } catch {
      setRefused("Cordon does not answer. Check the connection and try again.");
    } finally {
      setBusy(null);
    }
  };
  const withPassword = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void attempt("password", async () => {
      const { data, error } = await auth.signIn.email({
        email: String(form.get("email")),
        password: String(form.get("password")),
      });
      return { error, second: data !== null && "twoFactorRedirect" in data };
    });
  };
  const withPasskey = () =>
    void attempt("passkey", async () => ({ error: (await auth.signIn.passkey())?.error ?? null }));
  const withProvider = (provider: string) =>
    void attempt(provider, async () => {
      const { error } = await auth.signIn.social({
        provider,
        callbackURL: safeTarget(search.to),
        errorCallbackURL: "/sign-in",
      });
      return { error, second: false };
    });

  if (needsCode) return <SecondStep onDone={enter} onBack={() => setNeedsCode(false)} />;
  return (
    <Gate title="Sign in">
      <form onSubmit={withPassword} className="gate-form">
        {refused !== null && (
          <p className="gate-refused" role="alert">
            {refused}
          </p>
        )}
        <TextInput
          label="E-mail"
          name="email"
          type="email"
          required
          autoComplete="username webauthn"
          autoFocus
          size="md"
        />
        <PasswordInput label="Password" name="password" required autoComplete="current-password" size="md" />
        <Button
          type="submit"
          size="md"
          fullWidth
          loading={busy === "password"}
          disabled={busy !== null && busy !== "password"}
        >
          Sign in
        </Button>
      </form>
      <div className="gate-or">
        <span>or</span>
      </div>
      <div className="gate-form">
        <Button
          variant="default"
          size="md"
          fullWidth
          leftSection={<IconFingerprint size={18} />}
          onClick={withPasskey}
          loading={busy === "passkey"}
        >
          Use a passkey
        </Button>
        {options.data?.signOn.map(({ id, name }) => (
          <Button key={id} variant="default" size="md" fullWidth onClick={() => withProvider(id)} loading={busy === id}>
            Continue with {name}
          </Button>
        ))}
      </div>
      <p className="gate-note">
        No account? An administrator of your organisation sends you a link. The first administrator's link is printed by{" "}
        <code>npm start</code>.
      </p>
    </Gate>
  );
}
