import { randomBytes } from "node:crypto";
import { implement } from "@orpc/server";
import { Fault } from "../../../lib/fault.ts";
import { newId } from "../../../lib/ids.ts";
import { endSessions } from "../../../platform/auth/sessions.ts";
import { acrossOrganizations, inScope, type Scope, type Trx } from "../../../platform/db.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import { record } from "../../../platform/ledger/ledger.ts";
import { peopleContract } from "../contract.ts";
import { addInvitation, withdrawLinks } from "../invitations/store.ts";
import { revokeKeys } from "../keys/store.ts";
import { memberChange, type People } from "../people.ts";
import type { Person } from "../schema.ts";
import type { MemberRow } from "../tables.ts";
import { tokenHash } from "../token.ts";
import { changeMember, findMember, listMembers, lockAdministrators, membershipsOf } from "./store.ts";

const DAY_MS = 86_400_000;
const api = implement(peopleContract).$context<ApiContext>().people;

export const membersRoutes = ({ db, auth, now }: People) => ({
  list: api.list.handler(async ({ context: { scope } }) => ({
    items: (await inScope(db, scope, (trx) => listMembers(trx, scope))).map(toPerson),
  })),

  setRoles: api.setRoles.handler(({ context: { scope }, input: { userId, roles } }) =>
    inScope(db, scope, async (trx) => {
      const before = await memberOrFault(trx, scope, userId);
      if (!roles.includes("administrator")) await keepAnAdministrator(trx, scope, userId);
      const after = await changeMember(trx, scope, userId, { roles });
      await record(trx, scope, memberChange("member.roles-set", userId, stateOf(before), stateOf(after)));
      return toPerson(after);
    }),
  ),

  deactivate: api.deactivate.handler(async ({ context: { scope }, input: { userId } }) => {
    const person = await inScope(db, scope, async (trx) => {
      const before = await memberOrFault(trx, scope, userId);
      if (before.state === "deactivated") return toPerson(before);
      await keepAnAdministrator(trx, scope, userId);
      const after = await changeMember(trx, scope, userId, { state: "deactivated" });
      await revokeKeys(trx, scope, { userId }, now());
      await record(trx, scope, memberChange("member.deactivated", userId, stateOf(before), stateOf(after)));
      return toPerson(after);
    });
    await endSessions(auth.pool, userId, scope.organizationId);
    return person;
  }),

  recover: api.recover.handler(async ({ context: { scope }, input: { userId } }) => {
    const memberships = await acrossOrganizations(db, (trx) => membershipsOf(trx, userId));
    const token = randomBytes(32).toString("base64url");
    const createdAt = now();
    const expiresAt = new Date(createdAt.getTime() + DAY_MS);
    await inScope(db, scope, async (trx) => {
      const { email, name, roles, state } = await memberOrFault(trx, scope, userId);
      if (state === "deactivated" || memberships.length !== 1)
        throw new Fault("conflict", "This account is not this organisation's alone to recover", {
          at: "userId",
          fix: "A deactivated person must be reactivated first; who works in several organisations uses a backup code or a passkey",
        });
      await withdrawLinks(trx, scope, { purpose: "recovery", email }, createdAt);
      await addInvitation(trx, scope, {
        id: newId(),
        tokenHash: tokenHash(token),
        purpose: "recovery",
        email,
        name,
        roles,
        invitedBy: scope.actor.name,
        createdAt,
        expiresAt,
      });
      await record(trx, scope, memberChange("member.recovery-link-made", userId, null, { expiresAt }));
    });
    return { link: `${auth.baseUrl}/link#${token}`, expiresAt: expiresAt.toISOString() };
  }),

  reactivate: api.reactivate.handler(({ context: { scope }, input: { userId } }) =>
    inScope(db, scope, async (trx) => {
      const before = await memberOrFault(trx, scope, userId);
      if (before.state === "active") return toPerson(before);
      const after = await changeMember(trx, scope, userId, { state: "active" });
      await record(trx, scope, memberChange("member.reactivated", userId, stateOf(before), stateOf(after)));
      return toPerson(after);
    }),
  ),
});

async function memberOrFault(trx: Trx, scope: Scope, userId: string): Promise<MemberRow> {
  const found = await findMember(trx, scope, userId);
  if (found !== undefined) return found;
  throw new Fault("not_found", "There is no such person in this organisation", { at: "userId" });
}

/** An organisation that nobody can administer cannot be repaired from inside. */
async function keepAnAdministrator(trx: Trx, scope: Scope, userId: string): Promise<void> {
  const administrators = await lockAdministrators(trx, scope);
  if (administrators.length === 1 && administrators[0]?.userId === userId)
    throw new Fault("conflict", "This is the last administrator", {
      at: "userId",
      fix: "Give somebody else the role first",
    });
}

const stateOf = ({ roles, state }: MemberRow) => ({ roles, state });

const toPerson = ({ userId, name, email, roles, state, joinedAt }: MemberRow): Person => ({
  userId,
  name,
  email,
  roles,
  state,
  joinedAt: joinedAt.toISOString(),
});
