import type { Db, Scope } from "../db.ts";
import type { Log } from "../log.ts";

/** Who calls, as the guard found out: a signed-in person or an API key. `scopes`: the only actions a key may do. */
export interface Principal {
  kind: "user" | "key";
  id: string;
  name: string;
  organizationId: string;
  roles: readonly string[];
  scopes?: readonly string[];
}

/** What of a request the guard may look at. */
export interface Caller {
  headers: Headers;
  /** The socket's address, or the trusted proxy's word for it. */
  ip: string;
  requestId: string;
}

/**
 * Decides whether the caller may do the action, for every endpoint, before its input is looked at. Fault `not_signed_in` or
 * `not_allowed`.
 */
export type Guard = (caller: Caller, action: string) => Promise<Principal>;

/**
 * What every endpoint's handler gets. For a `public` endpoint `principal` is null and `scope` opens no rows. In a feature's routes:
 * `implement(contract).$context<ApiContext>()`.
 */
export interface ApiContext extends Caller {
  db: Db;
  log: Log;
  principal: Principal | null;
  scope: Scope;
  /** Headers for the answer, such as `set-cookie` (oRPC's ResponseHeadersPlugin). */
  resHeaders?: Headers;
}

export const scopeOf = ({ kind, id, name, organizationId }: Principal): Scope => ({
  organizationId,
  actor: { kind, id, name },
});
