import { implement } from "@orpc/server";
import { accountById, accountSecrets, canSignIn } from "../../platform/auth/accounts.ts";
import { inScope } from "../../platform/db.ts";
import type { ApiContext } from "../../platform/http/context.ts";
import { peopleContract } from "./contract.ts";
import { invitationsRoutes } from "./invitations/routes.ts";
import { keysRoutes } from "./keys/routes.ts";
import { keyMaker } from "./keys/store.ts";
import { linksRoutes } from "./links/routes.ts";
import { membersRoutes } from "./members/routes.ts";
import { organizationsRoutes } from "./organizations/routes.ts";
import { findOrganization } from "./organizations/store.ts";
import type { People } from "./people.ts";
import { Action, Role } from "./schema.ts";
import { self } from "./self.ts";
import { accountRoutes } from "./sessions/routes.ts";

const api = implement(peopleContract).$context<ApiContext>();

export const peopleRoutes = (people: People) => {
  const { db, auth, signOn, may } = people;
  return api.router({
    me: api.me.handler(async ({ context }) => {
      const { scope } = context;
      const principal = self(context);
      const { organization, userId } = await inScope(db, scope, async (trx) => ({
        organization: await findOrganization(trx, scope),
        userId: principal.kind === "user" ? principal.id : await keyMaker(trx, scope, principal.id),
      }));
      const account = await accountById(auth.pool, userId);
      return {
        userId,
        name: principal.name,
        email: account?.email ?? "",
        organization,
        roles: principal.roles,
        actions: Action.options.filter((action) => may(principal, action)),
        mustSecure: principal.kind === "user" && !canSignIn(await accountSecrets(auth.pool, userId)),
      };
    }),
    signInOptions: api.signInOptions.handler(() => ({ signOn: signOn.map(({ id, name }) => ({ id, name })) })),
    roles: api.roles.handler(({ context: { scope } }) => ({
      items: Role.options.map((role) => {
        const holder = {
          kind: "user" as const,
          id: role,
          name: role,
          organizationId: scope.organizationId,
          roles: [role],
        };
        return { role, actions: Action.options.filter((action) => may(holder, action)) };
      }),
    })),
    links: linksRoutes(people),
    organizations: organizationsRoutes(people),
    people: membersRoutes(people),
    invitations: invitationsRoutes(people),
    keys: keysRoutes(people),
    ...accountRoutes(people),
  });
};
