import { implement } from "@orpc/server";
import { Fault } from "../../../lib/fault.ts";
import {
  type Account,
  accountByEmail,
  accountById,
  accountSecrets,
  canSignIn,
  clearSecrets,
  ensureAccount,
  setFirstPassword,
} from "../../../platform/auth/accounts.ts";
import { ADDRESS_HEADER } from "../../../platform/auth/options.ts";
import { workIn } from "../../../platform/auth/sessions.ts";
import { acrossOrganizations, inScope, type Scope } from "../../../platform/db.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import { peopleContract } from "../contract.ts";
import { findByLink } from "../invitations/store.ts";
import { findOrganization } from "../organizations/store.ts";
import { acceptInvitation, type People, recoverAccount, tell } from "../people.ts";
import { userIdOf } from "../self.ts";
import type { InvitationRow } from "../tables.ts";
import { tokenHash } from "../token.ts";

const api = implement(peopleContract).$context<ApiContext>().links;

const over = () =>
  new Fault("not_found", "This link is used, withdrawn or over", {
    at: "token",
    fix: "Ask for a new one; for the first administrator, restart Cordon",
  });

export const linksRoutes = (people: People) => {
  const { db, auth, now } = people;

  const open = async (token: string): Promise<InvitationRow> => {
    const found = await acrossOrganizations(db, (trx) => findByLink(trx, tokenHash(token), now()));
    if (found === undefined) throw over();
    return found;
  };
  const scopeOf = ({ organizationId }: InvitationRow, { userId, name }: Account): Scope => ({
    organizationId,
    actor: { kind: "user", id: userId, name },
  });
  const hasAccount = async (account: Account | null) =>
    account !== null && canSignIn(await accountSecrets(auth.pool, account.userId));

  /** The account that a link is for. Only a first administrator who has not begun may still choose the address. */
  const accountFor = async (
    invitation: InvitationRow,
    wanted: { email?: string | undefined; name?: string | undefined },
  ) => {
    const begun = await accountByEmail(auth.pool, invitation.email);
    const chooses = invitation.purpose === "first-administrator" && begun === null;
    const email = chooses ? (wanted.email ?? invitation.email) : invitation.email;
    if (await hasAccount(await accountByEmail(auth.pool, email)))
      throw new Fault("conflict", `${email} has an account here`, {
        at: "email",
        fix: "Sign in with it, then open the link again to accept",
      });
    return ensureAccount(auth.pool, email, wanted.name ?? invitation.name);
  };

  return {
    read: api.read.handler(async ({ input: { token } }) => {
      const invitation = await open(token);
      const { organizationId, purpose, email, name, expiresAt } = invitation;
      const scope: Scope = { organizationId, actor: { kind: "system", id: "cordon", name: "Cordon" } };
      const organization = await inScope(db, scope, (trx) => findOrganization(trx, scope));
      return {
        purpose,
        email,
        name,
        organization: organization.name,
        hasAccount: purpose !== "recovery" && (await hasAccount(await accountByEmail(auth.pool, email))),
        expiresAt: expiresAt.toISOString(),
      };
    }),

    use: api.use.handler(async ({ context, input: { token, password, ...wanted } }) => {
      const invitation = await open(token);
      const recovers = invitation.purpose === "recovery";
      const account = recovers
        ? await accountByEmail(auth.pool, invitation.email)
        : await accountFor(invitation, wanted);
      if (account === null) throw over();
      const { userId } = account;
      const setPassword = async () => {
        if (password !== undefined) await setFirstPassword(auth.pool, userId, password);
      };
      const member = recovers
        ? await recoverAccount(people, scopeOf(invitation, account), invitation.id, account, async () => {
            await clearSecrets(auth.pool, userId);
            await setPassword();
          })
        : await acceptInvitation(people, scopeOf(invitation, account), invitation.id, account, setPassword);
      if (member === undefined) throw over();
      const headers = new Headers({ [ADDRESS_HEADER]: context.ip });
      const browser = context.headers.get("user-agent");
      if (browser !== null) headers.set("user-agent", browser);
      const { sessionId, cookies } = await auth.openSession(userId, headers);
      await workIn(auth.pool, sessionId, invitation.organizationId);
      await tell(people, "account.signed-in", account, invitation.organizationId);
      for (const cookie of cookies) context.resHeaders?.append("set-cookie", cookie);
      return { organizationId: invitation.organizationId, mustSecure: password === undefined };
    }),

    accept: api.accept.handler(async ({ context, input: { token } }) => {
      const invitation = await open(token);
      if (invitation.purpose === "recovery") throw over();
      const account = await accountById(auth.pool, userIdOf(context));
      if (account === null) throw new Fault("not_signed_in", "The session ended meanwhile");
      if (invitation.purpose === "invitation" && invitation.email !== account.email)
        throw new Fault("not_allowed", `This link is for ${invitation.email}, you are ${account.email}`, {
          at: "token",
          fix: "Sign in with that account, or ask for an invitation for yours",
        });
      const scope = scopeOf(invitation, account);
      const member = await acceptInvitation(people, scope, invitation.id, account);
      if (member === undefined) throw over();
      const { name } = await inScope(db, scope, (trx) => findOrganization(trx, scope));
      return { id: invitation.organizationId, name, roles: member.roles };
    }),
  };
};
