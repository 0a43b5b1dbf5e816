import { implement } from "@orpc/server";
import { Fault } from "../../../lib/fault.ts";
import { inScope } from "../../../platform/db.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import { standingsOf } from "../sync/store.ts";
import { fdaContract } from "./contract.ts";
import { knowsDevice, recallsOf, reportCountsOf } from "./store.ts";

const os = implement(fdaContract).$context<ApiContext>();

export const fdaRoutes = {
  ofDevice: os.ofDevice.handler(({ input: { id }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      if (!(await knowsDevice(trx, scope, id))) throw new Fault("not_found", `There is no device ${id}`, { at: "id" });
      const standings = await standingsOf(trx, scope);
      const standing = (plugIn: string) => {
        const source = standings.find((one) => one.plugIn === plugIn && one.enabled);
        if (source === undefined) return null;
        return {
          succeededAt: source.succeededAt?.toISOString() ?? null,
          failure: source.failure?.reason ?? null,
        };
      };
      const recallSource = standing("openfda-recalls");
      const reportSource = standing("openfda-events");
      const recalls = recallSource === null ? [] : await recallsOf(trx, scope, id);
      const reports = reportSource === null ? undefined : await reportCountsOf(trx, scope, id);
      return {
        recallSource,
        reportSource,
        recalls: recalls.map(({ recall, firstSeenAt, ...why }) => ({
          ...recall,
          ...why,
          firstSeenAt: firstSeenAt.toISOString(),
        })),
        reports: reports?.counts ?? null,
      };
    }),
  ),
};
