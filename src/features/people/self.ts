import { Fault } from "../../lib/fault.ts";
import { Principal } from "./schema.ts";

/** Who calls, in this feature's own words. A public endpoint has nobody: Fault `not_signed_in`. */
export function self({ principal }: { principal: unknown }): Principal {
  if (principal === null) throw new Fault("not_signed_in", "Nobody is signed in", { fix: "Sign in" });
  return Principal.parse(principal);
}

/** The person who calls. Fault `not_allowed` for a key: a key is nobody's account. */
export function userIdOf(context: { principal: unknown }): string {
  const { kind, id } = self(context);
  if (kind === "user") return id;
  throw new Fault("not_allowed", "A key cannot do this", { fix: "Sign in as a person" });
}
