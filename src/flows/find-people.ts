import { listPeople } from "../features/people/people.ts";
import { Fault } from "../lib/fault.ts";
import type { Scope, Trx } from "../platform/db.ts";

/** The active member a finding is given to. Fault `not_found` when there is none with that id. */
export async function findAssignee(trx: Trx, scope: Scope, userId: string): Promise<{ id: string; name: string }> {
  const member = (await listPeople(trx, scope)).find((person) => person.userId === userId && person.state === "active");
  if (member === undefined)
    throw new Fault("not_found", "There is no such person in this organisation", {
      at: "userId",
      fix: "Choose a member",
    });
  return { id: member.userId, name: member.name };
}

/** Active members whose name or address contains the text. */
export async function searchPeople(trx: Trx, scope: Scope, text: string, limit: number) {
  const wanted = text.toLowerCase();
  const members = await listPeople(trx, scope);
  return members
    .filter(
      (m) => m.state === "active" && (m.name.toLowerCase().includes(wanted) || m.email.toLowerCase().includes(wanted)),
    )
    .slice(0, limit);
}
