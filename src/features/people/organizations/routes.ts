import { implement } from "@orpc/server";
import { Fault } from "../../../lib/fault.ts";
import { newId } from "../../../lib/ids.ts";
import { workIn } from "../../../platform/auth/sessions.ts";
import { acrossOrganizations, inScope } from "../../../platform/db.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import { record } from "../../../platform/ledger/ledger.ts";
import { peopleContract } from "../contract.ts";
import { join, membershipsOf } from "../members/store.ts";
import { memberChange, type People } from "../people.ts";
import type { Organization } from "../schema.ts";
import { self, userIdOf } from "../self.ts";
import { addOrganization, findOrganization, renameOrganization } from "./store.ts";

const api = implement(peopleContract).$context<ApiContext>().organizations;

export const organizationsRoutes = ({ db, auth, now }: People) => {
  const mine = (userId: string) => acrossOrganizations(db, (trx) => membershipsOf(trx, userId));
  return {
    list: api.list.handler(async ({ context }) => {
      const { kind, id, organizationId, roles } = self(context);
      if (kind === "user") return { items: (await mine(id)).map(toOrganization) };
      const { name } = await inScope(db, context.scope, (trx) => findOrganization(trx, context.scope));
      return { items: [{ id: organizationId, name, roles }] };
    }),

    create: api.create.handler(async ({ context, input }) => {
      const userId = userIdOf(context);
      const account = (await mine(userId))[0];
      if (account === undefined) throw new Fault("not_allowed", "This account belongs to no organisation");
      const organizationId = newId();
      const scope = { organizationId, actor: context.scope.actor };
      const roles: Organization["roles"] = ["administrator"];
      await inScope(db, scope, async (trx) => {
        await addOrganization(trx, scope, input.name);
        await join(trx, scope, { userId, name: account.name, email: account.email, roles, joinedAt: now() });
        const subject = { type: "organization", id: organizationId };
        await record(trx, scope, { action: "organization.made", subject, before: null, after: { name: input.name } });
        await record(trx, scope, memberChange("member.joined", userId, null, { roles, state: "active" }));
      });
      return { id: organizationId, name: input.name, roles };
    }),

    switchTo: api.switchTo.handler(async ({ context, input }) => {
      const found = (await mine(userIdOf(context))).find((one) => one.organizationId === input.id);
      if (found === undefined)
        throw new Fault("not_found", "You belong to no such organisation", {
          at: "id",
          fix: "List your organisations",
        });
      const signedIn = await auth.session(context.headers);
      if (signedIn === null) throw new Fault("not_signed_in", "The session ended meanwhile");
      await workIn(auth.pool, signedIn.sessionId, found.organizationId);
      return toOrganization(found);
    }),

    rename: api.rename.handler(async ({ context, input }) => {
      const { scope } = context;
      await inScope(db, scope, async (trx) => {
        const before = await findOrganization(trx, scope);
        await renameOrganization(trx, scope, input.name);
        const subject = { type: "organization", id: scope.organizationId };
        await record(trx, scope, {
          action: "organization.renamed",
          subject,
          before: { name: before.name },
          after: { name: input.name },
        });
      });
      return { id: scope.organizationId, name: input.name, roles: self(context).roles };
    }),
  };
};

const toOrganization = (one: { organizationId: string; organization: string; roles: Organization["roles"] }) => ({
  id: one.organizationId,
  name: one.organization,
  roles: one.roles,
});
