import type { Action, Principal } from "./schema.ts";

const name = (type: string, id: string) => ({ type: `Cordon::${type}`, id });
const entity = (type: string, id: string) => ({ __entity: name(type, id) });

/** The question to the policies: may this principal do the action with things of that organisation? */
export function toRequest(principal: Principal, action: Action, organizationId: string) {
  const { kind, id, roles, scopes = [] } = principal;
  const uid = name(kind === "key" ? "Key" : "Person", id);
  return {
    principal: uid,
    action: name("Action", action),
    resource: name("Organization", organizationId),
    context: { scope: entity("Scope", action) },
    entities: [
      {
        uid,
        attrs: { organization: entity("Organization", principal.organizationId) },
        parents: [
          ...roles.map((role) => name("Role", role)),
          ...(kind === "key" ? scopes.map((scope) => name("Scope", scope)) : []),
        ],
      },
    ],
  };
}

/**
 * Remembers what the policies answered, by everything the answer depends on: kind, roles, scopes, action, and whether it is the
 * principal's own organisation. Nothing that changes with time is in there, and nobody's name.
 */
export function remembered(ask: (request: ReturnType<typeof toRequest>) => boolean, most = 10_000) {
  const known = new Map<string, boolean>();
  return (principal: Principal, action: Action, organizationId = principal.organizationId): boolean => {
    const { kind, roles, scopes } = principal;
    const own = organizationId === principal.organizationId;
    const key = JSON.stringify([
      kind,
      [...roles].sort(),
      scopes === undefined ? null : [...scopes].sort(),
      action,
      own,
    ]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const answer = ask(toRequest(principal, action, organizationId));
    if (known.size >= most) known.clear();
    known.set(key, answer);
    return answer;
  };
}
