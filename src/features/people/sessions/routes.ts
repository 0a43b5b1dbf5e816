import { implement } from "@orpc/server";
import { Fault } from "../../../lib/fault.ts";
import { accountSecrets, setFirstPassword } from "../../../platform/auth/accounts.ts";
import { endSession, endSessions, sessionsOf } from "../../../platform/auth/sessions.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import { peopleContract } from "../contract.ts";
import { type People, tell } from "../people.ts";
import { userIdOf } from "../self.ts";

const api = implement(peopleContract).$context<ApiContext>();
const FRESH_MS = 3_600_000;

export const accountRoutes = (people: People) => {
  const { auth, now } = people;
  const currentSession = async (headers: Headers) => (await auth.session(headers))?.sessionId;
  return {
    sessions: {
      list: api.sessions.list.handler(async ({ context }) => {
        const current = await currentSession(context.headers);
        const rows = await sessionsOf(auth.pool, userIdOf(context));
        const items = rows.map(({ id, address, browser, createdAt, expiresAt }) => ({
          id,
          current: id === current,
          address,
          browser,
          createdAt: createdAt.toISOString(),
          expiresAt: expiresAt.toISOString(),
        }));
        return { items };
      }),

      revoke: api.sessions.revoke.handler(async ({ context, input: { id } }) => {
        const userId = userIdOf(context);
        if (!(await endSession(auth.pool, userId, id)))
          throw new Fault("not_found", "You have no such session", { at: "id", fix: "It may be over already" });
        await tell(people, "account.session-ended", { userId, name: context.scope.actor.name }, null);
        return { ended: true };
      }),

      revokeAll: api.sessions.revokeAll.handler(async ({ context }) => {
        const userId = userIdOf(context);
        const ended = await endSessions(auth.pool, userId);
        await tell(people, "account.signed-out-everywhere", { userId, name: context.scope.actor.name }, null);
        return { ended };
      }),
    },

    security: api.security.handler(async ({ context }) => {
      const secrets = await accountSecrets(auth.pool, userIdOf(context));
      const passkeys = secrets.passkeys.map((one) => ({ ...one, createdAt: one.createdAt?.toISOString() ?? null }));
      return { ...secrets, passkeys };
    }),

    setPassword: api.setPassword.handler(async ({ context, input: { password } }) => {
      const userId = userIdOf(context);
      const current = await currentSession(context.headers);
      const session = (await sessionsOf(auth.pool, userId)).find(({ id }) => id === current);
      if (session === undefined || now().getTime() - session.createdAt.getTime() > FRESH_MS)
        throw new Fault("not_signed_in", "Signed in too long ago to set a password", { fix: "Sign in again" });
      if (!(await setFirstPassword(auth.pool, userId, password)))
        throw new Fault("conflict", "This account has a password", { fix: "Change it with the old one" });
      await tell(people, "account.password-set", { userId, name: context.scope.actor.name }, null);
      return { set: true };
    }),
  };
};
