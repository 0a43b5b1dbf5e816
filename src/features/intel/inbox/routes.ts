import { implement } from "@orpc/server";
import * as z from "zod";
import { cutPage, readCursor } from "../../../lib/cursor.ts";
import { Fault } from "../../../lib/fault.ts";
import { inScope, type Scope, type Trx } from "../../../platform/db.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import { isOpen } from "../findings/decision.ts";
import { type MetStatement, propose } from "../findings/propose.ts";
import { Decision } from "../findings/schema.ts";
import type { Trust } from "../statements/schema.ts";
import { stateSaid } from "../statements/weigh.ts";
import { countByDevice, type DevicePlace, pageByDevice } from "./by-device/store.ts";
import { inboxContract } from "./contract.ts";
import { decidedBefore, inTheField, type ProposedByVex, touchedBy, vexProposals } from "./detail/store.ts";
import type { InboxFilter, VulnerabilityDetail } from "./schema.ts";
import { showEarlier, showTouched, showVulnerability } from "./show.ts";
import {
  advisoriesOfComponents,
  countVulnerabilities,
  findTexts,
  findVulnerability,
  type InboxMatch,
  pageOfVulnerabilities,
  resolveText,
} from "./store.ts";

const os = implement(inboxContract).$context<ApiContext>();

const BOUND = 10_000;
const Place = z.tuple([z.union([z.string(), z.number()]), z.string()]);
const PlaceInDevice = z.tuple([z.number().int(), z.uuid(), z.union([z.string(), z.number()]), z.string()]);
const MOST_TOUCHED = 200;
const MOST_DECIDED = 200;
const MOST_EARLIER = 10;

/** Vulnerabilities a text stands for, by their own names or by a component's; undefined: all. */
async function namedBy(trx: Trx, scope: Scope, text: string | undefined): Promise<string[] | undefined> {
  if (text === undefined || text === "") return undefined;
  const { components, advisories } = await resolveText(trx, scope, text);
  return [...advisories, ...(await advisoriesOfComponents(trx, scope, components))];
}

type PageOf = Pick<InboxFilter, "sort"> & { cursor: string | undefined; limit: number };

async function byVulnerability(trx: Trx, scope: Scope, match: InboxMatch, { sort, cursor, limit }: PageOf) {
  const rows = await pageOfVulnerabilities(trx, scope, match, { sort, after: readCursor(cursor, Place), limit });
  const total = totalOf(await countVulnerabilities(trx, scope, match, BOUND + 1));
  const page = cutPage(rows, limit, total, (row) => [row.place, row.advisory]);
  return { ...page, items: page.items.map(showVulnerability) };
}

async function byDevice(trx: Trx, scope: Scope, match: InboxMatch, { sort, cursor, limit }: PageOf) {
  const after: DevicePlace | null = readCursor(cursor, PlaceInDevice);
  const rows = await pageByDevice(trx, scope, match, { sort, after, limit });
  const total = totalOf(await countByDevice(trx, scope, match, BOUND + 1));
  const page = cutPage(rows, limit, total, (row) => [row.danger, row.deviceId, row.place, row.advisory]);
  return { ...page, items: page.items.map(showVulnerability) };
}

const totalOf = (count: number) => ({ count: Math.min(count, BOUND), exact: count <= BOUND });

function inTermsOfDecision({ findingId, statementId, statement, trust, ...said }: ProposedByVex): MetStatement[] {
  const decision = Decision.safeParse(stateSaid(statement)).data;
  const issued = statement.issuedAt === null ? "not dated" : statement.issuedAt.slice(0, 10);
  const author = said.source || "Somebody unnamed";
  const source = `${author} (${TRUST_SAID[trust]}; ${said.fileName}, ${issued}, given by ${said.uploadedBy})`;
  return decision === undefined ? [] : [{ findingId, statementId, decision, author, source }];
}

const TRUST_SAID: Readonly<Record<Trust, string>> = {
  own: "our own",
  supplier: "supplier of the part",
  "third-party": "third party",
  unknown: "nobody said how far it is trusted",
};

const NO_TEXT = { details: "", references: [], cwes: [], publishedAt: null, modifiedAt: null };

async function showDetail(
  trx: Trx,
  scope: Scope,
  name: string,
  deviceId: string | undefined,
): Promise<VulnerabilityDetail> {
  const row = await findVulnerability(trx, scope, name, deviceId);
  if (row === undefined)
    throw new Fault("not_found", `No release here was ever touched by ${name}`, { at: "advisory" });
  const { advisory } = row;
  const touches = await touchedBy(trx, scope, advisory, deviceId, MOST_TOUCHED);
  const decided = await decidedBefore(trx, scope, advisory, MOST_DECIDED);
  const open = touches.filter(({ state }) => isOpen(state));
  const statements = (
    await vexProposals(
      trx,
      scope,
      open.map(({ id }) => id),
    )
  ).flatMap(inTermsOfDecision);
  return {
    ...showVulnerability(row),
    ...((await findTexts(trx, scope, advisory)) ?? NO_TEXT),
    touches: touches.map(showTouched),
    field: await inTheField(trx, scope, advisory, deviceId),
    earlier: decided.slice(0, MOST_EARLIER).map(showEarlier),
    proposal: propose(open, { decided, statements }),
  };
}

export const inboxRoutes = {
  list: os.list.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const { cursor, limit, sort, text, by, ...filter } = input;
      const match = { ...filter, advisories: await namedBy(trx, scope, text) };
      const page = { sort, cursor, limit };
      return by === "device" ? byDevice(trx, scope, match, page) : byVulnerability(trx, scope, match, page);
    }),
  ),

  get: os.get.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, (trx) => showDetail(trx, scope, input.advisory, input.deviceId)),
  ),
};
