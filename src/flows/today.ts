import { isEmpty, standing } from "../features/devices/devices.ts";
import { cases } from "../features/disclosure/disclosure.ts";
import { showCase } from "../features/disclosure/show.ts";
import { showFinding } from "../features/intel/findings/show.ts";
import { currentIndex, lists, sync } from "../features/intel/intel.ts";
import { showFeed, showRun } from "../features/intel/sync/show.ts";
import { listPeople } from "../features/people/people.ts";
import type { Today } from "../features/work/schema.ts";
import { clocksOf, outbox } from "../features/work/work.ts";
import type { Scope, Trx } from "../platform/db.ts";
import { evidenceToday } from "./proofs-ending.ts";

const MOST = 10;
const BOUND = 10_000;
const DAY_MS = 86_400_000;
const SUPPORT_DAYS = 180;

type Match = Parameters<typeof lists.countFindings>[2];

/** What needs a person now: what is new, what is theirs, what to look at again, what is unknown, what runs out. */
export async function today(
  trx: Trx,
  scope: Scope,
  sees: { reports: boolean; mail: boolean },
  now: Date,
): Promise<Today> {
  const since = new Date(now.getTime() - DAY_MS).toISOString();
  const day = now.toISOString().slice(0, 10);
  const yesterday = since.slice(0, 10);
  const list = async (match: Match, sort: "harm" | "newest" = "harm") => ({
    count: await lists.countFindings(trx, scope, match, BOUND),
    items: (await lists.pageOfFindings(trx, scope, match, { sort, after: null, limit: MOST }))
      .slice(0, MOST)
      .map(showFinding),
  });
  const fresh: Match = { foundSince: since, state: ["new"] };
  const index = await currentIndex(trx, scope);
  const [lastRun] = await sync.runsOf(trx, scope, { limit: 1 });
  const until = new Date(now.getTime() + SUPPORT_DAYS * DAY_MS).toISOString().slice(0, 10);

  return {
    noDevice: await isEmpty(trx, scope),
    newFindings: {
      since,
      ...(await list(fresh)),
      exploited: await lists.countFindings(trx, scope, { ...fresh, exploited: true }, BOUND),
    },
    reports: sees.reports ? await waitingReports(trx, scope, now) : { count: 0, items: [] },
    mine: await list({ assigneeId: scope.actor.id, state: ["in-triage"] }),
    suspect: await list({ suspect: true }),
    worse: (await standing.worseSince(trx, scope, yesterday, MOST)).map(
      ({ deviceId, deviceName, releaseId, version, beforeOpen, beforeExploited, ...counts }) => ({
        device: { id: deviceId, name: deviceName },
        release: { id: releaseId, version },
        before: { open: beforeOpen, exploited: beforeExploited },
        now: counts,
      }),
    ),
    intel: {
      none: index === undefined,
      stale: (index?.feeds ?? []).map((feed) => showFeed(feed, now)).filter((feed) => feed.stale),
      lastRun: lastRun === undefined ? null : showRun(lastRun),
    },
    mail: sees.mail ? await unsentMail(trx, scope, now) : null,
    missingSbom: (await standing.releasesMissingSbom(trx, scope, MOST)).map((release) => ({
      device: { id: release.deviceId, name: release.deviceName },
      release: { id: release.id, version: release.version },
      phase: release.phase,
    })),
    partsEnding: (await standing.endingParts(trx, scope, MOST)).map(
      ({ deviceId, deviceName, id, version, support }) => ({
        device: { id: deviceId, name: deviceName },
        release: { id, version },
        ...support,
      }),
    ),
    ...(await evidenceToday(trx, scope, now, MOST)),
    endOfSupport: (await standing.endingSupport(trx, scope, day, until, MOST)).map((release) => ({
      device: { id: release.deviceId, name: release.deviceName },
      release: { id: release.id, version: release.version },
      on: release.endOfSupportOn,
      days: Math.round((Date.parse(release.endOfSupportOn) - Date.parse(day)) / DAY_MS),
      unitsInUse: release.inUse,
    })),
  };
}

async function waitingReports(trx: Trx, scope: Scope, now: Date): Promise<Today["reports"]> {
  const rows = (await cases.page(trx, scope, "waiting", { after: null, limit: MOST })).slice(0, MOST);
  const items = [];
  for (const row of rows) {
    const running = (await clocksOf(trx, scope, { type: "report", id: row.id }, now)).filter(
      ({ state }) => state === "running" || state === "late",
    );
    const [next] = running.sort((a, b) => a.dueAt.localeCompare(b.dueAt));
    const clock = next === undefined ? null : { task: next.task, dueAt: next.dueAt, late: next.state === "late" };
    items.push({ ...showCase(row), clock });
  }
  return { count: await cases.count(trx, scope, "waiting", BOUND), items };
}

async function unsentMail(trx: Trx, scope: Scope, now: Date): Promise<Today["mail"]> {
  const troubles = await outbox.mailTroubles(trx, scope, now);
  if (troubles.length === 0) return null;
  const names = new Map((await listPeople(trx, scope)).map(({ userId, name }) => [userId, name]));
  const [first] = troubles.filter(({ refused }) => !refused);
  return {
    waiting: first === undefined ? 0 : await outbox.countWaitingMails(trx, scope),
    reason: first?.reason ?? null,
    since: first?.since ?? null,
    refused: troubles
      .filter(({ refused }) => refused)
      .slice(0, MOST)
      .map(({ userId, reason }) => ({ name: names.get(userId) ?? "", reason })),
  };
}
