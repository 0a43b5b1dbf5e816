import { randomBytes } from "node:crypto";
import { implement } from "@orpc/server";
import { Fault } from "../../../lib/fault.ts";
import { newId } from "../../../lib/ids.ts";
import { inScope } from "../../../platform/db.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import { record } from "../../../platform/ledger/ledger.ts";
import { peopleContract } from "../contract.ts";
import type { People } from "../people.ts";
import { Action, type Key, keyExpiry, NEVER_BY_KEY } from "../schema.ts";
import { self, userIdOf } from "../self.ts";
import type { ApiKeyRow } from "../tables.ts";
import { KEY_PREFIX, KEY_START, tokenHash } from "../token.ts";
import { addKey, findKey, listKeys, revokeKeys } from "./store.ts";

const api = implement(peopleContract).$context<ApiContext>().keys;

export const keysRoutes = ({ db, may, now }: People) => ({
  list: api.list.handler(async ({ context }) => {
    const { scope } = context;
    const userId = userIdOf(context);
    const whose = may(self(context), "people:manage") ? undefined : userId;
    const rows = await inScope(db, scope, (trx) => listKeys(trx, scope, whose));
    return { items: rows.map((row) => toKey(row, userId, now())) };
  }),

  create: api.create.handler(async ({ context, input: { name, scopes, days } }) => {
    const { scope } = context;
    const userId = userIdOf(context);
    const me = self(context);
    const excess = scopes.find((action) => NEVER_BY_KEY.has(action) || !may(me, action));
    if (excess !== undefined)
      throw new Fault("not_allowed", `A key of yours cannot have ${excess}`, {
        at: "/scopes",
        fix: "Choose among the actions that you may do, without those for accounts, people, organisations and keys",
      });
    const secret = `${KEY_PREFIX}${randomBytes(32).toString("base64url")}`;
    const createdAt = now();
    const row = await inScope(db, scope, async (trx) => {
      const added = await addKey(trx, scope, {
        id: newId(),
        userId,
        name,
        start: secret.slice(0, KEY_START),
        hash: tokenHash(secret),
        scopes,
        createdBy: scope.actor.name,
        createdAt,
        expiresAt: keyExpiry(createdAt, days),
      });
      const subject = { type: "key", id: added.id };
      await record(trx, scope, { action: "key.made", subject, before: null, after: { name, scopes, days } });
      return added;
    });
    return { key: toKey(row, userId, createdAt), secret };
  }),

  revoke: api.revoke.handler(({ context, input: { id } }) => {
    const { scope } = context;
    const userId = userIdOf(context);
    const all = may(self(context), "people:manage");
    return inScope(db, scope, async (trx) => {
      const found = await findKey(trx, scope, id);
      if (found === undefined || (found.userId !== userId && !all))
        throw new Fault("not_found", "You have no such key", { at: "id" });
      const [revoked] = await revokeKeys(trx, scope, { id }, now());
      if (revoked === undefined) return toKey(found, userId, now());
      const subject = { type: "key", id };
      await record(trx, scope, { action: "key.revoked", subject, before: { name: found.name }, after: null });
      return toKey(revoked, userId, now());
    });
  }),
});

const toKey = (row: ApiKeyRow, userId: string, at: Date): Key => ({
  id: row.id,
  name: row.name,
  start: row.start,
  scopes: row.scopes.flatMap((scope) => Action.safeParse(scope).data ?? []),
  createdBy: row.createdBy,
  mine: row.userId === userId,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  state: row.revokedAt !== null ? "revoked" : row.expiresAt <= at ? "expired" : "active",
});
