import { join } from "node:path";
import { mayJoin, openPeople, type People } from "../features/people/people.ts";
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "../features/people/schema.ts";
import { authPool, openAuth } from "../platform/auth/auth.ts";
import { type Config, secretIn, sessionSecret } from "../platform/config/config.ts";
import { type Installation, ROOT } from "../platform/installation.ts";
import type { Log } from "../platform/log.ts";
import { openPolicies } from "../platform/policy.ts";

/** Sign-in and its rules over an open installation; `close` ends its own connections. */
export async function openSignIn(
  config: Config,
  { db, postgres }: Installation,
  publicUrl: string,
  log: Log,
): Promise<{ people: People; close(): Promise<void> }> {
  const pool = authPool(postgres.connection, (err) => log.warn({ err }, "a database connection of sign-in was lost"));
  const signOn = config.signIn.providers.map(({ clientSecretFile, autoJoin, ...provider }) => ({
    ...provider,
    clientSecret: secretIn(clientSecretFile),
    ...(autoJoin === undefined ? {} : { autoJoin }),
  }));
  const now = () => new Date();
  const auth = openAuth({
    pool,
    baseUrl: publicUrl,
    secret: sessionSecret(config),
    signOn,
    passwordLength: { min: MIN_PASSWORD_LENGTH, max: MAX_PASSWORD_LENGTH },
    mayJoin: (identity) => mayJoin({ db, signOn, now }, identity),
    log: (level, message) => log[level]({}, `sign-in: ${message}`),
  });
  const people = openPeople({ db, auth, decide: await openPolicies(join(ROOT, "policies")), signOn, now });
  return { people, close: () => pool.end() };
}
