import { afterAll, beforeAll, expect, test } from "vitest";
import { peopleRoutes } from "../../src/features/people/routes.ts";
import { readCalendar } from "../../src/features/work/calendar/read-ics.ts";
import { addCalendarFeed, calendarRoutes } from "../../src/features/work/calendar/routes.ts";
import { clocksRoutes } from "../../src/features/work/clocks/routes.ts";
import { Browser, newHouse, newPerson, type PeopleServer, peopleServer } from "./people-server.ts";
import { asSuperuser } from "./postgres.ts";

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
