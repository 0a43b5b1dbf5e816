import { implement } from "@orpc/server";
import { Fault } from "../../../lib/fault.ts";
import { endSessions } from "../../../platform/auth/sessions.ts";
import { inScope, type Scope, type Trx } from "../../../platform/db.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import { record } from "../../../platform/ledger/ledger.ts";
import { peopleContract } from "../contract.ts";
import { revokeKeys } from "../keys/store.ts";
import { memberChange, type People } from "../people.ts";
import type { Person } from "../schema.ts";
import type { MemberRow } from "../tables.ts";
import { changeMember, findMember, listMembers, lockAdministrators } from "./store.ts";

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
