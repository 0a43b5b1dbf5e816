import { standing } from "../features/devices/devices.ts";
import { lists } from "../features/intel/intel.ts";
import type { OwnEvent } from "../features/work/calendar/schema.ts";
import { EVENT_WORD, factsOf } from "../features/work/calendar/show.ts";
import { ofCommunity, ofOwn, writeCalendar } from "../features/work/calendar/write-ics.ts";
import { periodText } from "../features/work/clocks/due.ts";
import { showClock } from "../features/work/clocks/show.ts";
import { calendar, clocks } from "../features/work/work.ts";
import type { Scope, Trx } from "../platform/db.ts";

const DAY_MS = 86_400_000;
const BACK_DAYS = 90;
const SUPPORT_DAYS = 3 * 365;
const MOST = 500;
const RELEASES_NAMED = 5;

/**
 * What of Cordon's own has a day: clocks' last days, advisories that touch the organisation by the day they came out, ends of support of
 * releases and of their parts. */
export async function ownDates(trx: Trx, scope: Scope, now: Date): Promise<OwnEvent[]> {
  const day = (offset: number) => new Date(now.getTime() + offset * DAY_MS).toISOString().slice(0, 10);
  const running = await clocks.pageOfClocks(trx, scope, { show: "running" }, { after: null, limit: MOST });
  const published = await lists.publishedSince(trx, scope, day(-BACK_DAYS), MOST);
  const ending = await standing.endingSupport(trx, scope, day(-BACK_DAYS), day(SUPPORT_DAYS), MOST);
  const parts = await standing.endingComponents(trx, scope, {
    from: day(-BACK_DAYS),
    until: day(SUPPORT_DAYS),
    today: day(0),
    named: RELEASES_NAMED,
    limit: MOST,
  });
  return [
    ...running.slice(0, MOST).map((row): OwnEvent => {
      const clock = showClock(row, now);
      return {
        uid: `clock-${clock.id}@${scope.organizationId}`,
        title: `Due: ${clock.task} (${clock.subject.label})`,
        description: `${clock.title}, ${clock.section}: ${periodText(clock.period)}. It stops when: ${clock.stopsWhen}.`,
        when: clock.toTheHour
          ? { startsAt: clock.dueAt, endsAt: clock.dueAt }
          : { startsOn: clock.dueOn, endsOn: clock.dueOn },
        path: `/today/clocks?clock=${clock.id}`,
        category: "Clocks",
        changedAt: row.recordedAt,
        sequence: row.revision - 1,
      };
    }),
    ...byDay(published).map(([on, advisories]): OwnEvent => {
      const names = advisories.map(({ advisory }) => advisory);
      const exploited = advisories.filter((one) => one.exploited !== null).length;
      return {
        uid: `advisories-${on}@${scope.organizationId}`,
        title: names.length === 1 ? `Advisory: ${names[0]}` : `${names.length} advisories that touch us`,
        description: [
          ...(exploited > 0 ? [`${exploited} exploited in the wild.`] : []),
          ...advisories.slice(0, 20).map(({ advisory, title }) => `${advisory}: ${title.slice(0, 120)}`),
          ...(names.length > 20 ? [`and ${names.length - 20} more`] : []),
        ].join("\n"),
        when: { startsOn: on, endsOn: on },
        path: names.length === 1 ? `/threats?advisory=${encodeURIComponent(names[0] ?? "")}` : "/threats?sort=newest",
        category: "Advisories",
        changedAt: asOf(on, now),
        sequence: 0,
      };
    }),
    ...ending.map(
      (release): OwnEvent => ({
        uid: `support-${release.id}@${scope.organizationId}`,
        title: `End of support: ${release.deviceName} ${release.version}`,
        description: release.inUse > 0 ? `${release.inUse} of its units are in use.` : "",
        when: { startsOn: release.endOfSupportOn, endsOn: release.endOfSupportOn },
        path: `/devices/${release.deviceId}?release=${release.id}`,
        category: "Ends of support",
        changedAt: asOf(release.endOfSupportOn, now),
        sequence: 0,
      }),
    ),
    ...parts.map((ending) => ofParts(ending, scope, now)),
  ];
}

/** One product with its cycle, whatever number of releases is made of it: those named first by name, the others by their number. */
function ofParts(
  {
    name,
    endsOn,
    said,
    components,
    releaseCount,
    releases,
  }: Awaited<ReturnType<typeof standing.endingComponents>>[number],
  scope: Scope,
  now: Date,
): OwnEvent {
  const [first] = releases;
  const named = releases.map(({ deviceName, version }) => `${deviceName} ${version}`);
  const more = (shown: number) => (releaseCount > shown ? [`and ${releaseCount - shown} more`] : []);
  return {
    uid: `part-support-${encodeURIComponent(name)}-${endsOn}@${scope.organizationId}`,
    title: `End of support: ${name} in ${[named[0], ...more(1)].join(" ")}`,
    description: [
      `${said}.`,
      `${components === 1 ? "1 part" : `${components} parts`} of ${releaseCount === 1 ? "1 release" : `${releaseCount} releases`}:`,
      ...named,
      ...more(named.length),
    ].join("\n"),
    when: { startsOn: endsOn, endsOn },
    path: `/devices/${first?.deviceId}/parts?release=${first?.id}&sort=support`,
    category: "Ends of support of parts",
    changedAt: asOf(endsOn, now),
    sequence: 0,
  };
}

/** When it was last said: on the day itself, or today of a day to come. The same through a day, so that its feed is. */
const asOf = (on: string, now: Date): Date => {
  const today = now.toISOString().slice(0, 10);
  return new Date(`${on < today ? on : today}T00:00:00Z`);
};

/** A person's calendar as an iCalendar file: the organisation's own dates and what the community does. */
export async function calendarFeed(trx: Trx, scope: Scope, publicUrl: string, now: Date): Promise<string> {
  const { name } = await trx
    .selectFrom("organization")
    .select("name")
    .where("organizationId", "=", scope.organizationId)
    .executeTakeFirstOrThrow();
  const own = await ownDates(trx, scope, now);
  const from = new Date(now.getTime() - BACK_DAYS * DAY_MS).toISOString().slice(0, 10);
  const community = await calendar.eventsFrom(trx, scope, from, 2 * MOST);
  return writeCalendar(`Cordon: ${name}`, [
    ...own.map((event) => ofOwn(event, publicUrl)),
    ...community.map((row) =>
      ofCommunity({ ...factsOf(row), uid: row.uid, changedAt: row.changedAt, sequence: row.revision - 1 }, EVENT_WORD),
    ),
  ]);
}

function byDay<T extends { publishedAt: string | null }>(advisories: readonly T[]): [string, T[]][] {
  const days = new Map<string, T[]>();
  for (const one of advisories) {
    const day = one.publishedAt?.slice(0, 10) ?? "";
    if (/^\d{4}-\d\d-\d\d$/.test(day)) days.set(day, [...(days.get(day) ?? []), one]);
  }
  return [...days];
}
