import { implement } from "@orpc/server";
import * as z from "zod";
import type { IntelFiles } from "../../../flows/intel-index.ts";
import { decideDevicePair } from "../../../flows/match-device.ts";
import { cutPage, readCursor } from "../../../lib/cursor.ts";
import { Fault } from "../../../lib/fault.ts";
import { inScope, type Scope, type Trx } from "../../../platform/db.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import { deviceAdvisoriesContract } from "./contract.ts";
import type { DevicePair } from "./schema.ts";
import { countPairs, type PairRow, pageOfPairs } from "./store.ts";

const os = implement(deviceAdvisoriesContract).$context<ApiContext>();

const Place = z.tuple([z.string(), z.uuid()]);

const showPair = (row: PairRow): DevicePair => ({
  id: row.id,
  revision: row.revision,
  device: { id: row.deviceId, name: row.deviceName, model: row.model, manufacturer: row.manufacturer },
  said: { vendor: row.saidVendor, name: row.saidName },
  verdict: row.verdict,
  decidedBy: row.decidedBy,
  decidedAt: row.decidedAt?.toISOString() ?? null,
  firstSeenAt: row.firstSeenAt.toISOString(),
  matches: row.matches,
});

async function pairOf(trx: Trx, scope: Scope, id: string): Promise<DevicePair> {
  const [row] = await pageOfPairs(trx, scope, { state: "proposed", id }, { after: null, limit: 1 });
  if (row === undefined) throw new Fault("not_found", `There is no such pair ${id}`, { at: "id" });
  return showPair(row);
}

export const deviceAdvisoriesRoutes = (intel: IntelFiles) => ({
  list: os.list.handler(({ input: { cursor, limit, ...match }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const rows = await pageOfPairs(trx, scope, match, { after: readCursor(cursor, Place), limit });
      const count = await countPairs(trx, scope, match);
      const page = cutPage(rows, limit, { count, exact: true }, (row) => [row.place, row.id]);
      return { ...page, items: page.items.map(showPair) };
    }),
  ),

  decide: os.decide.handler(({ input: { id, ...decided }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      await decideDevicePair(trx, scope, id, decided, intel, new Date());
      return pairOf(trx, scope, id);
    }),
  ),
});
