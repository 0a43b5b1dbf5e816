import { listPeople } from "../features/people/people.ts";
import type { Role } from "../features/people/schema.ts";
import type { Telling } from "../features/work/notices/schema.ts";
import { addNotices } from "../features/work/work.ts";
import type { Scope, Trx } from "../platform/db.ts";

/** Tells the active members named, and those with one of the roles, of a change; in the change's own transaction. */
export async function tell(
  trx: Trx,
  scope: Scope,
  telling: Telling,
  to: { people?: readonly string[]; roles?: readonly Role[] },
  now: Date,
): Promise<void> {
  const members = (await listPeople(trx, scope)).filter(
    ({ state, userId, roles }) =>
      state === "active" && (to.people?.includes(userId) === true || roles.some((role) => to.roles?.includes(role))),
  );
  await addNotices(
    trx,
    scope,
    telling,
    members.map(({ userId }) => userId),
    now,
  );
}
