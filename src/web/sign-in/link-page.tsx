import { Button, PasswordInput, TextInput } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useLocation, useRouter } from "@tanstack/react-router";
import { type FormEvent, type MouseEvent, useState } from "react";
import { MIN_PASSWORD_LENGTH } from "../../features/people/schema.ts";
import { api, ask } from "../api/client.ts";
import { LoadingRows } from "../kit/loading.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { When } from "../kit/when.tsx";
import { addPasskey } from "./add-passkey.ts";
import { Gate } from "./gate.tsx";

/** A one-time link (`/link#token`: the part after # never reaches a log): says what it is for, then makes the account safe with a password or a passkey, and signs in. */
export function LinkPage() {
  const token = useLocation({ select: ({ hash }) => hash });
  const router = useRouter();
  const queries = useQueryClient();
  const [used, setUsed] = useState(false);
  const purpose = useQuery(
    ask.people.links.read.queryOptions({
      input: { token },
      enabled: !used,
      retry: false,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );
  const [mismatch, setMismatch] = useState(false);
  const enter = (to: string) => {
    setUsed(true);
    queries.clear();
    router.history.replace(to);
  };
  const first = purpose.data?.purpose === "first-administrator";
  const recovers = purpose.data?.purpose === "recovery";
  const use = useMutation({
    mutationFn: async ({ name, email, password }: { name: string; email: string; password: string | null }) => {
      await api.people.links.use({
        token,
        ...(name === "" ? {} : { name }),
        ...(first ? { email } : {}),
        ...(password === null ? {} : { password }),
      });
      if (password !== null) return "/today";
      return (await addPasskey()) ? "/today" : "/account";
    },
    onSuccess: enter,
  });
  const accept = useMutation({
    mutationFn: () => api.people.links.accept({ token }),
    onSuccess: () => enter("/today"),
  });
  if (purpose.error !== null)
    return (
      <Gate title="This link does not work">
        <ProblemNotice error={purpose.error} />
        <p className="gate-note">
          A link works once and for a limited time. Ask an administrator for a new one, or{" "}
          <Link to="/sign-in">sign in</Link>.
        </p>
      </Gate>
    );
  if (purpose.data === undefined)
    return (
      <Gate title="One moment">
        <LoadingRows rows={3} />
      </Gate>
    );
  const { email, name, organization, hasAccount, expiresAt } = purpose.data;
  if (hasAccount)
    return (
      <Gate title={`Join ${organization}`}>
        <p className="gate-lead">{email} has an account already. Sign in with it, then accept the invitation.</p>
        {accept.error !== null && <ProblemNotice error={accept.error} />}
        <div className="gate-form">
          <Button size="md" onClick={() => accept.mutate()} loading={accept.isPending}>
            Accept the invitation
          </Button>
          <Button
            size="md"
            variant="default"
            onClick={() => void router.navigate({ to: "/sign-in", search: { to: `/link#${token}` } })}
          >
            Sign in first
          </Button>
        </div>
      </Gate>
    );
  const read = (form: HTMLFormElement) => {
    const data = new FormData(form);
    const text = (key: string) => String(data.get(key) ?? "");
    return { name: text("name").trim(), email: text("email").trim(), password: text("password"), again: text("again") };
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { again, ...account } = read(event.currentTarget);
    setMismatch(account.password !== again);
    if (account.password === again) use.mutate(account);
  };
  const withPasskey = (event: MouseEvent<HTMLButtonElement>) => {
    const { form } = event.currentTarget;
    if (form !== null) use.mutate({ ...read(form), password: null });
  };
  return (
    <Gate title={first ? "Welcome to Cordon" : recovers ? "Sign in again" : `Join ${organization}`}>
      <p className="gate-lead">
        {first && `You are the first administrator of ${organization}. `}
        {recovers && "Your old password, passkeys and one-time codes stop working when you go on. "}
        {!first && !recovers && `You are invited to ${organization}. `}The link works once, until{" "}
        <When at={expiresAt} time />.
      </p>
      <form onSubmit={submit} className="gate-form">
        {use.error !== null && <ProblemNotice error={use.error} />}
        <TextInput
          label="E-mail"
          name="email"
          type="email"
          defaultValue={first ? "" : email}
          readOnly={!first}
          required
          autoComplete="username"
          size="md"
        />
        {!recovers && (
          <TextInput
            label="Your name"
            name="name"
            defaultValue={first ? "" : name}
            required
            autoComplete="name"
            size="md"
          />
        )}
        <PasswordInput
          label="Password"
          description={`At least ${MIN_PASSWORD_LENGTH} characters. A sentence is good.`}
          name="password"
          minLength={MIN_PASSWORD_LENGTH}
          required
          autoComplete="new-password"
          size="md"
        />
        <PasswordInput
          label="Password again"
          name="again"
          required
          autoComplete="new-password"
          size="md"
          error={mismatch ? "The two are not the same." : null}
        />
        <Button type="submit" size="md" fullWidth loading={use.isPending && use.variables.password !== null}>
          Set the password and sign in
        </Button>
        <div className="gate-or">
          <span>or</span>
        </div>
        <Button
          variant="default"
          size="md"
          fullWidth
          leftSection={<IconFingerprint size={18} />}
          loading={use.isPending && use.variables.password === null}
          onClick={withPasskey}
        >
          Sign in and add a passkey
        </Button>
      </form>
    </Gate>
  );
}
