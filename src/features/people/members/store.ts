import { sql } from "kysely";
import type { Scope, Trx } from "../../../platform/db.ts";
import type { Role } from "../schema.ts";
import type { MemberRow } from "../tables.ts";

export interface Membership {
  organizationId: string;
  organization: string;
  name: string;
  email: string;
  roles: Role[];
}

/** Where somebody is an active member, the longest membership first. Across organisations. */
export const membershipsOf = (trx: Trx, userId: string): Promise<Membership[]> =>
  trx
    .selectFrom("member")
    .innerJoin("organization", "organization.organizationId", "member.organizationId")
    .select([
      "member.organizationId",
      "organization.name as organization",
      "member.name",
      "member.email",
      "member.roles",
    ])
    .where("member.userId", "=", userId)
    .where("member.state", "=", "active")
    .orderBy("member.joinedAt")
    .orderBy("member.organizationId")
    .execute();

export const listMembers = (trx: Trx, { organizationId }: Scope): Promise<MemberRow[]> =>
  trx
    .selectFrom("member")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .orderBy("name")
    .orderBy("userId")
    .execute();

export const findMember = (trx: Trx, { organizationId }: Scope, userId: string): Promise<MemberRow | undefined> =>
  trx
    .selectFrom("member")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("userId", "=", userId)
    .executeTakeFirst();

export const findMemberByEmail = (trx: Trx, { organizationId }: Scope, email: string): Promise<MemberRow | undefined> =>
  trx
    .selectFrom("member")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("email", "=", email)
    .executeTakeFirst();

/** Active administrators, locked: two of them cannot take the role from each other at the same time. */
export const lockAdministrators = (trx: Trx, { organizationId }: Scope): Promise<MemberRow[]> =>
  trx
    .selectFrom("member")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("state", "=", "active")
    .where((eb) => eb(eb.val("administrator"), "=", eb.fn.any("roles")))
    .orderBy("userId")
    .forUpdate()
    .execute();

/** Makes a member, or an active one again with these roles. */
export const join = (trx: Trx, scope: Scope, member: Omit<MemberRow, "organizationId" | "state">): Promise<MemberRow> =>
  trx
    .insertInto("member")
    .values({ ...member, organizationId: scope.organizationId, state: "active" })
    .onConflict((conflict) =>
      conflict.columns(["organizationId", "userId"]).doUpdateSet({ state: "active", roles: member.roles }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();

export const changeMember = (
  trx: Trx,
  { organizationId }: Scope,
  userId: string,
  change: Partial<Pick<MemberRow, "roles" | "state">>,
): Promise<MemberRow> =>
  trx
    .updateTable("member")
    .set(change)
    .where("organizationId", "=", organizationId)
    .where("userId", "=", userId)
    .returningAll()
    .executeTakeFirstOrThrow();

/** What people call the members, keys and invitations of these ids. A member's id is the account's. */
export async function namesOf(trx: Trx, { organizationId }: Scope, ids: readonly string[]) {
  const ours = sql`organization_id = ${organizationId}::uuid`;
  const wanted = sql`any(${[...ids]}::uuid[])`;
  const { rows } = await sql<{ id: string; name: string }>`
    select user_id as id, name from member where ${ours} and user_id = ${wanted}
    union all select id, name from api_key where ${ours} and id = ${wanted}
    union all select id, name from invitation where ${ours} and id = ${wanted}
    union all select organization_id, name from organization where ${ours} and organization_id = ${wanted}`.execute(
    trx,
  );
  return rows;
}
