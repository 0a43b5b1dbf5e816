import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { Fault } from "../../lib/fault.ts";
import { newId } from "../../lib/ids.ts";
import { type Account, accountByEmail, accountSecrets, canSignIn } from "../../platform/auth/accounts.ts";
import type { Auth, SignedIn } from "../../platform/auth/auth.ts";
import { mountAuth } from "../../platform/auth/mount.ts";
import type { SignOnProvider } from "../../platform/auth/options.ts";
import { acrossOrganizations, type Db, inScope, type Scope } from "../../platform/db.ts";
import type { Guard } from "../../platform/http/context.ts";
import { record } from "../../platform/ledger/ledger.ts";
import type { Decide } from "../../platform/policy.ts";
import { remembered } from "./decide.ts";
import { addInvitation, claim, findByEmail, withdrawLinks } from "./invitations/store.ts";
import { findWorkingKey, markUsed } from "./keys/store.ts";
import { findMember, join, listMembers, lockAdministrators, membershipsOf, namesOf } from "./members/store.ts";
import { Action, type Principal, Role } from "./schema.ts";
import { keyOf, tokenHash } from "./token.ts";

export interface PeopleParts {
  db: Db;
  auth: Auth;
  decide: Decide;
  signOn: readonly SignOnProvider[];
  now(): Date;
}

export interface People extends PeopleParts {
  may(principal: Principal, action: Action): boolean;
  /** For every endpoint and every plain route. Fault `not_signed_in` or `not_allowed`. */
  guard: Guard;
  /** Puts sign-in under `/api/auth`. */
  mount(app: FastifyInstance): Promise<void>;
}

/** Fault `bad_configuration` when a sign-on provider gives a role that does not exist. */
export function openPeople(parts: PeopleParts): People {
  for (const { id, autoJoin } of parts.signOn)
    if (autoJoin !== undefined && !Role.safeParse(autoJoin.role).success)
      throw new Fault(
        "bad_configuration",
        `The sign-on provider ${id} gives a role that does not exist: ${autoJoin.role}`,
        {
          at: "signIn.providers",
          fix: `Choose one of ${Role.options.join(", ")}`,
        },
      );
  const may = remembered(parts.decide);
  return {
    ...parts,
    may,
    async guard({ headers }, asked) {
      const action = Action.parse(asked);
      const principal = await principalOf(parts, headers);
      if (may(principal, action)) return principal;
      throw new Fault("not_allowed", `Your roles do not allow ${action}`, {
        at: action,
        fix: "Ask an administrator of this organisation for a role that does; docs/people.md has the table",
      });
    },
    mount: (app) =>
      mountAuth(app, parts.auth, {
        admit: (signedIn, how) => admit(parts, signedIn, how.provider),
        tell: (event, account, organizationId) => tell(parts, event, account, organizationId),
      }),
  };
}

/** Who sends these headers: an API key when there is one, else whoever is signed in. Fault `not_signed_in`; `not_allowed` for a stranger. */
async function principalOf(parts: PeopleParts, headers: Headers): Promise<Principal> {
  const key = keyOf(headers);
  if (key !== null) return principalOfKey(parts, key);
  const signedIn = await parts.auth.session(headers);
  if (signedIn === null)
    throw new Fault("not_signed_in", "Nobody is signed in", { fix: "Sign in, or send an API key as a bearer token" });
  const { userId } = signedIn;
  const memberships = await acrossOrganizations(parts.db, (trx) => membershipsOf(trx, userId));
  const here = memberships.find((one) => one.organizationId === signedIn.organizationId) ?? memberships[0];
  if (here === undefined)
    throw new Fault("not_allowed", "This account belongs to no organisation", {
      fix: "Ask an administrator for an invitation",
    });
  return { kind: "user", id: userId, name: here.name, organizationId: here.organizationId, roles: here.roles };
}

const USED_EVERY_MS = 60_000;

async function principalOfKey({ db, now }: PeopleParts, key: string): Promise<Principal> {
  const at = now();
  const found =
    key === "" ? undefined : await acrossOrganizations(db, (trx) => findWorkingKey(trx, tokenHash(key), at));
  if (found === undefined)
    throw new Fault("not_signed_in", "This API key is unknown, expired or revoked", { fix: "Make a new one" });
  const { id, name, organizationId, roles, lastUsedAt } = found;
  if (lastUsedAt === null || at.getTime() - lastUsedAt.getTime() > USED_EVERY_MS) {
    const scope: Scope = { organizationId, actor: { kind: "key", id, name } };
    await inScope(db, scope, (trx) => markUsed(trx, scope, id, at));
  }
  const scopes = found.scopes.flatMap((scope) => Action.safeParse(scope).data ?? []);
  return { kind: "key", id, name, organizationId, roles, scopes };
}

/** May an identity that a sign-on provider vouches for get an account: when an invitation waits for its verified e-mail address, or all may join. */
export async function mayJoin(
  { db, signOn, now }: Pick<PeopleParts, "db" | "signOn" | "now">,
  { email, emailVerified, provider }: { email: string; emailVerified: boolean; provider: string },
): Promise<boolean> {
  if (signOn.some(({ id, autoJoin }) => id === provider && autoJoin !== undefined)) return true;
  if (!emailVerified) return false;
  return (await acrossOrganizations(db, (trx) => findByEmail(trx, email, now()))).length > 0;
}

/** After the secret was right: joins what the provider opens to this person, then answers where they work. Null: nowhere. */
async function admit(parts: PeopleParts, signedIn: SignedIn, provider: string | null): Promise<string | null> {
  const { db, signOn, now } = parts;
  const { userId, email } = signedIn;
  const actor: Scope["actor"] = { kind: "user", id: userId, name: signedIn.name };
  if (provider !== null && signedIn.emailVerified) {
    const waiting = await acrossOrganizations(db, (trx) => findByEmail(trx, email, now()));
    for (const { organizationId, id } of waiting)
      await acceptInvitation(parts, { organizationId, actor }, id, signedIn);
  }
  const autoJoin = signOn.find(({ id }) => id === provider)?.autoJoin;
  if (autoJoin !== undefined) {
    const scope: Scope = { organizationId: autoJoin.organizationId, actor };
    await inScope(db, scope, async (trx) => {
      if ((await findMember(trx, scope, userId)) !== undefined) return;
      const roles = [Role.parse(autoJoin.role)];
      await join(trx, scope, { userId, name: signedIn.name, email, roles, joinedAt: now() });
      await record(trx, scope, memberChange("member.joined", userId, null, { roles, state: "active" }));
    });
  }
  const memberships = await acrossOrganizations(db, (trx) => membershipsOf(trx, userId));
  const here = memberships.find((one) => one.organizationId === signedIn.organizationId) ?? memberships[0];
  return here?.organizationId ?? null;
}

/** Uses an invitation up and makes the account a member. Undefined: it was used, withdrawn or over meanwhile. */
export const acceptInvitation = (
  { db, now }: Pick<PeopleParts, "db" | "now">,
  scope: Scope,
  invitationId: string,
  account: Account,
  beforeCommit: () => Promise<void> = async () => {},
) =>
  inScope(db, scope, async (trx) => {
    const claimed = await claim(trx, scope, invitationId, now());
    if (claimed === undefined) return undefined;
    const { userId, name, email } = account;
    const before = await findMember(trx, scope, userId);
    const member = await join(trx, scope, { userId, name, email, roles: claimed.roles, joinedAt: now() });
    await beforeCommit();
    const was = before === undefined ? null : { roles: before.roles, state: before.state };
    await record(trx, scope, memberChange("member.joined", userId, was, { roles: member.roles, state: "active" }));
    return member;
  });

/** Uses a recovery link up. Undefined: it is over, or the person is no longer this organisation's alone. */
export async function recoverAccount(
  { db, now }: Pick<PeopleParts, "db" | "now">,
  scope: Scope,
  invitationId: string,
  { userId }: Account,
  beforeCommit: () => Promise<void>,
) {
  const memberships = await acrossOrganizations(db, (trx) => membershipsOf(trx, userId));
  if (memberships.length !== 1 || memberships[0]?.organizationId !== scope.organizationId) return undefined;
  return inScope(db, scope, async (trx) => {
    if ((await claim(trx, scope, invitationId, now())) === undefined) return undefined;
    await beforeCommit();
    const subject = { type: "account", id: userId };
    await record(trx, scope, { action: "account.recovered", subject, before: null, after: null });
    return findMember(trx, scope, userId);
  });
}

export const memberChange = (action: string, userId: string, before: unknown, after: unknown) => ({
  action,
  subject: { type: "member", id: userId },
  before,
  after,
});

/** Records what happened to an account: in the organisation named, or in every one of that person. */
export async function tell(
  { db }: Pick<PeopleParts, "db">,
  event: string,
  { userId, name }: Pick<Account, "userId" | "name">,
  organizationId: string | null,
): Promise<void> {
  const onlyHere = event === "account.signed-in" || event === "account.signed-out";
  const everywhere = await acrossOrganizations(db, (trx) => membershipsOf(trx, userId));
  for (const membership of everywhere) {
    if (onlyHere && organizationId !== null && membership.organizationId !== organizationId) continue;
    const scope: Scope = { organizationId: membership.organizationId, actor: { kind: "user", id: userId, name } };
    const subject = { type: "account", id: userId };
    await inScope(db, scope, (trx) => record(trx, scope, { action: event, subject, before: null, after: null }));
  }
}

const HOUR_MS = 3_600_000;
const FIRST_ROLES: Role[] = ["administrator", "product-security"];
const FIRST_EMAIL = "administrator@localhost";

/**
 * A one-time link, valid for 24 hours, that signs the organisation's first administrator in. Null once an administrator can sign in
 * without it. A new link makes the one before useless.
 */
export async function firstAdministratorLink(
  { db, auth, now }: Pick<PeopleParts, "db" | "auth" | "now">,
  organizationId: string,
): Promise<string | null> {
  const scope: Scope = { organizationId, actor: { kind: "system", id: "cordon", name: "Cordon" } };
  const token = randomBytes(32).toString("base64url");
  const made = await inScope(db, scope, async (trx) => {
    const administrators = await lockAdministrators(trx, scope);
    for (const { userId } of administrators) if (canSignIn(await accountSecrets(auth.pool, userId))) return false;
    const started = administrators[0] === undefined ? null : await accountByEmail(auth.pool, administrators[0].email);
    const createdAt = now();
    await withdrawLinks(trx, scope, { purpose: "first-administrator" }, createdAt);
    const { id } = await addInvitation(trx, scope, {
      id: newId(),
      tokenHash: tokenHash(token),
      purpose: "first-administrator",
      email: started?.email ?? FIRST_EMAIL,
      name: started?.name ?? "Administrator",
      roles: FIRST_ROLES,
      invitedBy: "Cordon",
      createdAt,
      expiresAt: new Date(createdAt.getTime() + 24 * HOUR_MS),
    });
    const subject = { type: "invitation", id };
    await record(trx, scope, { action: "invitation.made", subject, before: null, after: { roles: FIRST_ROLES } });
    return true;
  });
  return made ? `${auth.baseUrl}/link#${token}` : null;
}

/** Every member of the organisation, deactivated ones too, by name. */
export const listPeople = listMembers;

/** Members, keys and invitations by id, as people call them. */
export const namePeopleThings = namesOf;
