import { randomBytes } from "node:crypto";
import { implement } from "@orpc/server";
import { Fault } from "../../../lib/fault.ts";
import { newId } from "../../../lib/ids.ts";
import { inScope } from "../../../platform/db.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import { record } from "../../../platform/ledger/ledger.ts";
import { peopleContract } from "../contract.ts";
import { findMemberByEmail } from "../members/store.ts";
import type { People } from "../people.ts";
import type { Invitation } from "../schema.ts";
import type { InvitationRow } from "../tables.ts";
import { tokenHash } from "../token.ts";
import { addInvitation, listInvitations, withdraw } from "./store.ts";

const api = implement(peopleContract).$context<ApiContext>().invitations;
const VALID_MS = 7 * 86_400_000;

export const invitationsRoutes = ({ db, auth, now }: People) => ({
  list: api.list.handler(async ({ context: { scope } }) => ({
    items: (await inScope(db, scope, (trx) => listInvitations(trx, scope, now()))).map(toInvitation),
  })),

  create: api.create.handler(async ({ context: { scope }, input: { email, name, roles } }) => {
    const token = randomBytes(32).toString("base64url");
    const made = await inScope(db, scope, async (trx) => {
      if ((await findMemberByEmail(trx, scope, email)) !== undefined)
        throw new Fault("conflict", `${email} is a member of this organisation`, {
          at: "email",
          fix: "Set the roles of that person, or reactivate them",
        });
      const createdAt = now();
      const row = await addInvitation(trx, scope, {
        id: newId(),
        tokenHash: tokenHash(token),
        purpose: "invitation",
        email,
        name,
        roles,
        invitedBy: scope.actor.name,
        createdAt,
        expiresAt: new Date(createdAt.getTime() + VALID_MS),
      });
      const subject = { type: "invitation", id: row.id };
      await record(trx, scope, { action: "invitation.made", subject, before: null, after: { email, roles } });
      return row;
    });
    return { invitation: toInvitation(made), link: `${auth.baseUrl}/link#${token}` };
  }),

  withdraw: api.withdraw.handler(({ context: { scope }, input: { id } }) =>
    inScope(db, scope, async (trx) => {
      const row = await withdraw(trx, scope, id, now());
      if (row === undefined)
        throw new Fault("not_found", "There is no such open invitation", { at: "id", fix: "It may be used already" });
      const { email, roles } = row;
      const subject = { type: "invitation", id };
      await record(trx, scope, { action: "invitation.withdrawn", subject, before: { email, roles }, after: null });
      return { withdrawn: true };
    }),
  ),
});

const toInvitation = (row: InvitationRow): Invitation => ({
  id: row.id,
  email: row.email,
  name: row.name,
  roles: row.roles,
  invitedBy: row.invitedBy,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
});
