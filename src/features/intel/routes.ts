import { implement } from "@orpc/server";
import { startSync } from "../../flows/advisory-arrived.ts";
import { Fault } from "../../lib/fault.ts";
import { newId } from "../../lib/ids.ts";
import { inScope, type Scope, type Trx } from "../../platform/db.ts";
import type { ApiContext } from "../../platform/http/context.ts";
import { record } from "../../platform/ledger/ledger.ts";
import { intelContract } from "./contract.ts";
import type { Source as CatalogueSource } from "./source.ts";
import { allowedLocation, type SourceRules } from "./sync/location.ts";
import type { SyncRun } from "./sync/schema.ts";
import { showFeed, showRun, showSource } from "./sync/show.ts";
import {
  askAnew,
  currentIndex,
  deleteSource,
  insertSource,
  lockSource,
  runsOf,
  sourcesOf,
  standingsOf,
  updateSource,
} from "./sync/store.ts";

const os = implement(intelContract).$context<ApiContext>();

const MOST_RUNS = 50;

async function showRunOf(trx: Trx, scope: Scope, id: string): Promise<SyncRun> {
  const [run] = await runsOf(trx, scope, { id, limit: 1 });
  if (run === undefined) throw new Fault("not_found", `There is no run ${id}`, { at: "id" });
  return showRun(run);
}

const taken = (): Fault =>
  new Fault("conflict", "Another source has this location already", { at: "location", fix: "Change that one" });

/** What an installation knows of sources: the catalogue, and what its administrator set up for it. */
export interface SourceShelf {
  /** Which folders of this machine sources may be in. */
  rules: SourceRules;
  sources: readonly CatalogueSource[];
  /** Where each source's main address is here. */
  addressOf(source: CatalogueSource): string;
  hasKey(name: string): boolean;
}

export const intelRoutes = ({ rules, sources, addressOf, hasKey }: SourceShelf) => ({
  status: os.status.handler(({ context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const index = await currentIndex(trx, scope);
      const now = new Date();
      const every = new Map(sources.map(({ name, everyHours }) => [name, everyHours]));
      const standings = await standingsOf(trx, scope);
      const [last] = await runsOf(trx, scope, { limit: 1 });
      const lastRun = last === undefined ? null : showRun(last);
      return {
        index:
          index === undefined
            ? null
            : {
                builtAt: index.builtAt.toISOString(),
                advisories: index.advisories,
                sizeBytes: index.sizeBytes,
                sha256: index.sha256,
              },
        feeds: (index?.feeds ?? []).map((feed) => showFeed(feed, now)),
        sources: standings.map((facts) => showSource(facts, every.get(facts.plugIn ?? ""), now)),
        lastRun,
        running: lastRun !== null && lastRun.state !== "done" && lastRun.state !== "failed",
      };
    }),
  ),

  catalogue: os.catalogue.handler(async () => ({
    items: sources.map((source) => {
      const { name, title, gives, publisher, terms, home, everyHours, firstBytes, choice } = source;
      return {
        ...{ name, title, gives, publisher, terms, home, everyHours, firstBytes },
        address: addressOf(source),
        choice: choice === undefined ? null : { of: choice.of, standard: [...choice.standard] },
        keyHelps: source.keyHelps ?? null,
        hasKey: hasKey(name),
      };
    }),
  })),

  runs: os.runs.handler(({ context: { db, scope } }) =>
    inScope(db, scope, async (trx) => ({ items: (await runsOf(trx, scope, { limit: MOST_RUNS })).map(showRun) })),
  ),

  run: os.run.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, (trx) => showRunOf(trx, scope, input.id)),
  ),

  sync: os.sync.handler(({ context: { db, scope } }) =>
    inScope(db, scope, async (trx) => showRunOf(trx, scope, await startSync(trx, scope, new Date()))),
  ),

  addSource: os.addSource.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const source = { id: newId(), ...input };
      const plugIn = sources.find(({ name }) => name === source.plugIn);
      if (source.plugIn !== null && plugIn === undefined)
        throw new Fault("bad_input", `The catalogue has no source ${source.plugIn}`, { at: "plugIn" });
      if (plugIn === undefined || source.location !== addressOf(plugIn)) allowedLocation(source.location, rules);
      if (!(await insertSource(trx, scope, source))) throw taken();
      await record(trx, scope, {
        action: "intel-source.added",
        subject: { type: "intel-source", id: source.id },
        before: null,
        after: source,
      });
      return { ...source, revision: 1, standing: null };
    }),
  ),

  changeSource: os.changeSource.handler(({ input: { id, revision, ...input }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const before = await lockSource(trx, scope, id);
      if (before === undefined) throw new Fault("not_found", `There is no source ${id}`, { at: "id" });
      if (before.revision !== revision)
        throw new Fault("conflict", "Someone changed this source since you opened it", {
          at: "revision",
          fix: `Look at it again; it is at revision ${before.revision}`,
        });
      if (input.location !== undefined) allowedLocation(input.location, rules);
      const others = (await sourcesOf(trx, scope)).filter((source) => source.id !== id);
      const same = ({ location, plugIn }: (typeof others)[number]) =>
        location === input.location && plugIn === before.plugIn;
      if (others.some(same)) throw taken();
      const after = await updateSource(trx, scope, id, {
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(input.location === undefined ? {} : { location: input.location }),
        ...(input.enabled === undefined ? {} : { enabled: input.enabled }),
        ...(input.choice === undefined ? {} : { choice: input.choice }),
        revision: revision + 1,
      });
      await record(trx, scope, {
        action: "intel-source.changed",
        subject: { type: "intel-source", id },
        before,
        after,
      });
      const facts = (await standingsOf(trx, scope)).find((one) => one.id === id);
      const every = sources.find(({ name }) => name === after.plugIn)?.everyHours;
      return facts === undefined ? { ...after, standing: null } : showSource(facts, every, new Date());
    }),
  ),

  startOver: os.startOver.handler(({ input: { id }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const source = await lockSource(trx, scope, id);
      if (source === undefined) throw new Fault("not_found", `There is no source ${id}`, { at: "id" });
      const anew = await askAnew(trx, scope, id);
      if (anew)
        await record(trx, scope, {
          action: "intel-source.started-over",
          subject: { type: "intel-source", id },
          before: null,
          after: { anew },
        });
      return { anew };
    }),
  ),

  removeSource: os.removeSource.handler(({ input: { id }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const before = await lockSource(trx, scope, id);
      if (before === undefined) throw new Fault("not_found", `There is no source ${id}`, { at: "id" });
      await deleteSource(trx, scope, id);
      await record(trx, scope, {
        action: "intel-source.removed",
        subject: { type: "intel-source", id },
        before,
        after: null,
      });
      return { removed: true };
    }),
  ),
});
