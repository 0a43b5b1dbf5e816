import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { peopleRoutes } from "../../src/features/people/routes.ts";
import { readCalendar } from "../../src/features/work/calendar/read-ics.ts";
import { addCalendarFeed, calendarRoutes } from "../../src/features/work/calendar/routes.ts";
import { clocksRoutes } from "../../src/features/work/clocks/routes.ts";
import { calendarFeed } from "../../src/flows/calendar-feed.ts";
import { loadExample } from "../../src/flows/load-example.ts";
import { inScope, type Scope } from "../../src/platform/db.ts";
import { Browser, newHouse, newPerson, type PeopleServer, peopleServer } from "./people-server.ts";
import { asSuperuser, newOrganization } from "./postgres.ts";
import { EXAMPLES, type ProgramServer, programServer } from "./program-server.ts";

let server: PeopleServer;
let house: Awaited<ReturnType<typeof newHouse>>;
let served = "";

beforeAll(async () => {
  server = await peopleServer({
    compose: async (people, { db }) => ({
      router: {
        people: peopleRoutes(people),
        clocks: clocksRoutes,
        calendar: calendarRoutes({ publicUrl: people.auth.baseUrl, fetch: async () => new Response(served) }),
      },
      async mount(app) {
        await people.mount(app);
        addCalendarFeed(app, { db, publicUrl: people.auth.baseUrl });
      },
    }),
  });
  house = await newHouse(server, "Works");
});
afterAll(() => server.close());

const FROM = "/api/calendar?from=2026-01-01";
const meeting = {
  kind: "isao-meeting",
  title: "Monthly call, with minutes",
  when: { startsAt: "2030-12-01T15:00:00Z", endsAt: "2030-12-01T16:00:00Z" },
  repeats: "FREQ=MONTHLY;BYDAY=1TU",
};

test("a person's feed holds clocks and events, opens without signing in, and closes when it is revoked", async () => {
  const { administrator } = house;
  const added = await administrator.post("/api/calendar/events", meeting);
  expect(added.status).toBe(201);
  await administrator.post("/api/clocks", {
    event: "vulnerability-report-received",
    subject: { type: "case", id: "1", label: "Report 1" },
    learnedAt: new Date(Date.now() - 60_000).toISOString(),
    evidence: { text: "It came by mail" },
  });
  const made = await administrator.post("/api/account/calendar-feeds");
  const { url, feed } = made.body;
  const calendar = new Browser(server);
  const read = await calendar.get(url);
  expect([read.status, read.headers.get("content-type")]).toEqual([200, "text/calendar; charset=utf-8"]);
  const { events, skipped } = readCalendar(read.body, "feed");
  expect(skipped).toEqual([]);
  expect(events.map(({ facts }) => facts.title).sort()).toEqual([
    "Due: Acknowledge the report (Report 1)",
    "Due: Publish the advisory (Report 1)",
    "Monthly call, with minutes",
  ]);
  expect(read.body).toContain("RRULE:FREQ=MONTHLY;BYDAY=1TU");
  const again = await calendar.send("GET", url, undefined, { "if-none-match": read.headers.get("etag") ?? "" });
  expect(again.status).toBe(304);
  const { rows } = await asSuperuser(
    (client) => client.query("select * from calendar_feed"),
    String(server.database.connection.database),
  );
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(url.slice(-47, -4));
  await administrator.send("DELETE", `/api/account/calendar-feeds/${feed.id}`);
  expect((await calendar.get(url)).status).toBe(404);
});

test("the feed of somebody who left is closed", async () => {
  const { browser, userId } = await newPerson(server, house.administrator, "leaves@works.test", ["clinical"]);
  const { url } = (await browser.post("/api/account/calendar-feeds")).body;
  expect((await new Browser(server).get(url)).status).toBe(200);
  await house.administrator.post(`/api/people/${userId}/deactivate`);
  expect((await new Browser(server).get(url)).status).toBe(404);
});

test("a file read again changes what changed, adds what is new, and leaves what was removed", async () => {
  const { administrator } = house;
  const file = (...events: [string, string, string][]) =>
    `BEGIN:VCALENDAR\r\n${events.map(([uid, day, title]) => `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTART:${day}\r\nSUMMARY:${title}\r\nEND:VEVENT\r\n`).join("")}END:VCALENDAR\r\n`;
  const take = async (text: string) => (await administrator.post("/api/calendar/import", { text })).body;
  expect(await take(file(["a@x", "20300101", "Summit"], ["b@x", "20300201", "Course"]))).toMatchObject({
    added: 2,
    changed: 0,
  });
  expect(await take(file(["a@x", "20300101", "Summit"], ["b@x", "20300201", "Course"]))).toMatchObject({
    added: 0,
    changed: 0,
    unchanged: 2,
  });
  const listed = (await administrator.get(FROM)).body.events;
  const course = listed.find((event: { title: string }) => event.title === "Course");
  expect(course).toMatchObject({ kind: "training", imported: true, addedBy: "Ada" });
  await administrator.send("DELETE", `/api/calendar/events/${course.id}`);
  served = file(
    ["a@x", "20300102", "Summit"],
    ["b@x", "20300201", "Course"],
    ["c@x", "20300301", "ISAO call"],
    ["", "20300401", "No id"],
  );
  const fetched = await administrator.post("/api/calendar/import", { url: "https://isac.example/events.ics" });
  expect(fetched.body).toMatchObject({ added: 1, changed: 1, unchanged: 1, skipped: [{ reason: "It has no UID" }] });
  const after = (await administrator.get(FROM)).body.events.map((event: { title: string }) => event.title);
  expect(after).toEqual(["Summit", "ISAO call", "Monthly call, with minutes"]);
});

test("a file over the limit and a page that is no calendar are refused with their reason", async () => {
  const { administrator } = house;
  served = "x".repeat(3 * 1024 * 1024);
  const url = "https://isac.example/events.ics";
  expect((await administrator.post("/api/calendar/import", { url })).status).toBe(413);
  served = "<!doctype html>";
  const refused = await administrator.post("/api/calendar/import", { url });
  expect([refused.status, refused.body.detail]).toEqual([400, expect.stringContaining("no iCalendar file")]);
});

test("somebody else's change is not overwritten", async () => {
  const { administrator } = house;
  const { body } = await administrator.post("/api/calendar/events", { ...meeting, title: "Draft" });
  const change = (revision: number, title: string) =>
    administrator.send("PATCH", `/api/calendar/events/${body.id}`, { ...meeting, title, revision });
  expect((await change(1, "First")).body).toMatchObject({ title: "First", revision: 2 });
  expect((await change(1, "Second")).status).toBe(409);
  const backwards = { startsOn: "2030-02-02", endsOn: "2030-02-01" };
  expect((await administrator.post("/api/calendar/events", { ...meeting, when: backwards })).status).toBe(400);
});

describe("ends of support of what releases are made of", () => {
  let program: ProgramServer;
  /** A product of endoflife.date and the days on which its cycles end. */
  const page = (name: string, title: string, identifier: string, ends: Record<string, string>) =>
    writeFileSync(
      join(program.folder, "eol", `${name}.md`),
      `---\ntitle: ${title}\npermalink: /${name}\nidentifiers:\n  - ${identifier}\nreleases:\n${Object.entries(ends)
        .map(([cycle, day]) => `  - releaseCycle: "${cycle}"\n    releaseDate: 2020-01-02\n    eol: ${day}\n`)
        .join("")}---\n`,
    );
  const feed = async (on: string, scope: Scope = program.scope) => {
    const text = await inScope(program.database.db, scope, (trx) =>
      calendarFeed(trx, scope, "https://cordon.example", new Date(`${on}T10:00:00Z`)),
    );
    const { events, skipped } = readCalendar(text, "feed");
    expect(skipped).toEqual([]);
    const ofParts = events.filter(({ uid }) => uid.startsWith("part-support-"));
    return { text, events: ofParts, titles: ofParts.map(({ facts }) => facts.title) };
  };
  const pump = async (version: string) => {
    const [device] = (await program.ask("GET", "/devices?text=Pump")).body.items;
    const { releaseList } = (await program.ask("GET", `/devices/${device.id}`)).body;
    const { id } = releaseList.find((one: { version: string }) => one.version === version);
    return { deviceId: device.id, ...(await program.ask("GET", `/releases/${id}`)).body };
  };

  beforeAll(async () => {
    program = await programServer();
    mkdirSync(join(program.folder, "eol"));
    page("debian", "Debian", "cpe: cpe:2.3:o:debian:debian_linux", { 11: "2026-08-31", 12: "2028-06-30" });
    page("spring-framework", "Spring Framework", "purl: pkg:maven/org.springframework/spring-core", {
      "5.3": "2026-12-31",
    });
    page("log4j", "Apache Log4j", "purl: pkg:maven/org.apache.logging.log4j/log4j-core", { 2: "2026-06-01" });
    page("guava", "Guava", "purl: pkg:maven/com.google.guava/guava", { 31: "2031-01-01" });
    page("react", "React", "purl: pkg:npm/react", { 17: "2026-12-31" });
    await loadExample(program.database.db, program.scope, EXAMPLES, new Date());
    await program.settled();
    await program.ask("POST", "/intel/sources", { name: "Ends", location: join(program.folder, "eol") });
    await program.ask("POST", "/intel/runs");
    await program.settled();
  }, 120_000);
  afterAll(() => program.close());

  test("one whole day for each product with its cycle, from 90 days back to the horizon, with the releases it is in", async () => {
    const { events, titles, text } = await feed("2026-11-24");
    expect(titles).toEqual([
      "End of support: Debian 11 in Example Infusion Pump 2.4.0 and 1 more",
      "End of support: Spring Framework 5.3 in Example Bedside Monitor 4.1.0",
      "End of support: Debian 12 in Example Bedside Monitor 4.1.0",
    ]);
    const [debian, spring] = events;
    const newest = await pump("2.4.0");
    expect(debian).toMatchObject({
      uid: `part-support-Debian%2011-2026-08-31@${program.scope.organizationId}`,
      facts: {
        when: { startsOn: "2026-08-31", endsOn: "2026-08-31" },
        url: `https://cordon.example/devices/${newest.deviceId}/parts?release=${newest.id}&sort=support`,
      },
    });
    expect(debian?.facts.description).toMatch(
      /^Debian 11: support until 2026-08-31\.\n215 parts of 2 releases:\n.+ 2\.4\.0\n.+ 2\.3\.1\n\nhttps:/,
    );
    expect(spring?.facts.description).toContain("1 part of 1 release:\n");
    expect(text.replaceAll(/\r\n /g, "")).toContain("DTSTART;VALUE=DATE:20260831\r\n");
    expect((await feed("2026-11-24")).text).toBe(text);
    const stamps = [...text.matchAll(/^(?:DTSTAMP|LAST-MODIFIED):(\d{8})/gm)].map(([, day = ""]) => day);
    expect(stamps.filter((day) => day > "20261124")).toEqual([]);
  });

  test("nobody else's, and of no release that is over", async () => {
    const other = await newOrganization(program.database.pool, "Others");
    expect((await feed("2026-11-24", other)).titles).toEqual([]);
    // 90 days after a day, that day is still in; the day after it is not.
    expect((await feed("2026-11-29")).titles.join()).toContain("Debian 11");
    expect((await feed("2026-11-30")).titles.join()).not.toContain("Debian 11");
    // The support of pump 2.3.1 is over after 2027-06-30, that of the monitor after 2030-12-31.
    expect((await feed("2028-07-01")).titles).toEqual([
      "End of support: Debian 12 in Example Bedside Monitor 4.1.0",
      "End of support: Guava 31 in Example Bedside Monitor 4.1.0",
    ]);
    const { id, revision } = await pump("2.3.1");
    const over = { revision, phase: "decommissioned", since: "2026-11-01" };
    expect((await program.ask("POST", `/releases/${id}/phases`, over)).status).toBeLessThan(300);
    expect((await feed("2026-11-24")).titles[0]).toBe("End of support: Debian 11 in Example Infusion Pump 2.4.0");
  });

  test("an end that a source moves is moved, in the feed and on the page", async () => {
    const soon = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10);
    page("guava", "Guava", "purl: pkg:maven/com.google.guava/guava", { 31: soon });
    page("react", "React", "purl: pkg:npm/react", { 17: soon });
    await program.ask("POST", "/intel/runs");
    await program.settled();
    const today = new Date().toISOString().slice(0, 10);
    const { dates } = (await program.ask("GET", `/calendar?from=${today}`)).body;
    const guava = dates.filter(({ title }: { title: string }) => title.includes("Guava"));
    expect(guava).toMatchObject([
      {
        title: "End of support: Guava 31 in Example Bedside Monitor 4.1.0",
        category: "Ends of support of parts",
        when: { startsOn: soon, endsOn: soon },
      },
    ]);
    const read = await feed(today);
    expect(read.events.filter(({ facts }) => facts.title.includes("Guava")).map(({ facts }) => facts.when)).toEqual([
      { startsOn: soon, endsOn: soon },
    ]);
    // React is in the imaging workstation alone, whose own support is over.
    expect(read.titles.join()).not.toContain("React");
  });
});
