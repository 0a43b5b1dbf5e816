import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "../../../lib/fault.ts";
import { nextTry } from "./back-off.ts";
import { writeLetter } from "./letter.ts";
import { DEFAULT_PREFERENCES, mailTime } from "./preferences.ts";
import type { Cadence } from "./schema.ts";
import { checkDelivery, signDelivery } from "./signature.ts";
import { ofFailedSync, ofNewFindings } from "./tellings.ts";

describe("a mail goes when its person wants it", () => {
  test.each<[string, Cadence, string, string, string | null]>([
    ["at once, with what comes within the minute", "immediate", "UTC", "2026-11-24T10:00:00Z", "2026-11-24T10:01:00Z"],
    ["off", "off", "UTC", "2026-11-24T10:00:00Z", null],
    ["today, when the hour is still to come", "daily", "Europe/Berlin", "2026-11-24T05:00:00Z", "2026-11-24T07:00:00Z"],
    ["tomorrow, when it is over", "daily", "Europe/Berlin", "2026-11-24T07:00:00Z", "2026-11-25T07:00:00Z"],
    [
      "at the local hour after the clocks went forward",
      "daily",
      "America/New_York",
      "2027-03-13T14:00:00Z",
      "2027-03-14T12:00:00Z",
    ],
    [
      "at the local hour after they went back",
      "daily",
      "America/New_York",
      "2026-10-31T14:00:00Z",
      "2026-11-01T13:00:00Z",
    ],
    ["next Monday", "weekly", "UTC", "2026-11-24T10:00:00Z", "2026-11-30T08:00:00Z"],
    ["this Monday, before the hour", "weekly", "UTC", "2026-11-30T07:59:00Z", "2026-11-30T08:00:00Z"],
    ["Monday in a week, at the hour", "weekly", "UTC", "2026-11-30T08:00:00Z", "2026-12-07T08:00:00Z"],
  ])("%s", (_, cadence, timeZone, now, at) => {
    const found = mailTime(cadence, { ...DEFAULT_PREFERENCES, timeZone }, new Date(now));
    expect(found?.toISOString() ?? null).toBe(at === null ? null : new Date(at).toISOString());
  });

  test("tries are spread over two days, then end", () => {
    const waits = Array.from({ length: 9 }, (_, i) => nextTry(i + 1, new Date(0))?.getTime() ?? null);
    expect(waits.map((wait) => (wait === null ? null : wait / 60_000))).toEqual([
      1,
      5,
      15,
      60,
      180,
      360,
      720,
      1440,
      null,
    ]);
  });
});

describe("a mail", () => {
  const told = (title: string) => ({
    title,
    happened: "It <happened> & so.",
    safe: "All is safe.",
    nextStep: "Look",
    path: "/x?a=1&b=2",
  });
  const place = { publicUrl: "https://cordon.example", organization: "Works" };

  test("says what happened, what is safe and what to do, with the page", () => {
    const { subject, text, html } = writeLetter([told("Half the time is gone")], place);
    expect(subject).toBe("[Cordon] Half the time is gone");
    for (const part of [
      "It <happened> & so.",
      "All is safe.",
      "Look\nhttps://cordon.example/x?a=1&b=2",
      "/account/notices",
    ])
      expect(text).toContain(part);
    expect(html).toContain("It &lt;happened&gt; &amp; so.");
    expect(html).toContain('href="https://cordon.example/x?a=1&amp;b=2"');
  });

  test("of many notices is still one, and no longer than twenty", () => {
    const { subject, text } = writeLetter(
      Array.from({ length: 25 }, (_, i) => told(`N${i}`)),
      place,
    );
    expect(subject).toBe("[Cordon] 25 notices: N0");
    expect(text).toContain("N19");
    expect(text).not.toContain("N20");
    expect(text).toContain("And 5 more");
  });

  test("whatever is in a title, the subject is one line and the page holds no foreign element", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (title) => {
        const { subject, html } = writeLetter([told(title)], place);
        expect(subject).not.toMatch(/[\r\n]/);
        expect(html.match(/<(?!\/?(html|meta|body|h2|p|a|hr|!doctype)\b)/gi) ?? []).toEqual([]);
      }),
    );
  });
});

describe("a delivery is signed as Standard Webhooks 1.0 has it", () => {
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const at = new Date(1_614_265_330_000);
  const body = '{"test": 2432232314}';
  const headers = signDelivery(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", body, at);

  test("the specification's example", () => {
    expect(headers["webhook-signature"]).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  test("holds for five minutes", () => {
    const check = (seconds: number) => () =>
      checkDelivery(secret, headers, body, new Date(at.getTime() + seconds * 1000));
    expect(check(299)).not.toThrow();
    expect(check(301)).toThrow(Fault);
    expect(check(-301)).toThrow(Fault);
  });

  test("and for nothing else: no other body, id, time or secret", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom("body", "id", "timestamp", "secret"), (other, what) => {
        const changed = { ...headers };
        if (what === "id") changed["webhook-id"] = `x${other}`;
        if (what === "timestamp") changed["webhook-timestamp"] = "1614265331";
        const key = what === "secret" ? "whsec_AAAA" : secret;
        expect(() => checkDelivery(key, changed, what === "body" ? `${body}${other} ` : body, at)).toThrow(Fault);
      }),
    );
  });
});

test("a run is told of in one notice, whatever it found", () => {
  const place = (i: number, count: number) => ({
    device: `Pump ${i}`,
    deviceId: "d",
    release: "1.0",
    releaseId: `r${i}`,
    count,
  });
  const many = ofNewFindings({
    run: "r",
    exploited: 3,
    critical: 40,
    places: Array.from({ length: 7 }, (_, i) => place(i, i + 1)),
  });
  expect(many.title).toBe("28 new findings to look at in 7 releases");
  expect(many.happened).toBe(
    "3 exploited in the wild, 40 critical. In Pump 0 1.0 (1), Pump 1 1.0 (2), Pump 2 1.0 (3), Pump 3 1.0 (4), Pump 4 1.0 (5) and 2 more.",
  );
  const one = ofNewFindings({ run: "r", exploited: 1, critical: 0, places: [place(1, 1)] });
  expect(one.title).toBe("1 new finding to look at in Pump 1 1.0");
});

test("one streak of failures is one change", () => {
  const day = new Date("2026-11-20T00:00:00Z");
  expect(ofFailedSync(day, "a").change).toBe(ofFailedSync(day, "b").change);
  expect(ofFailedSync(null, "a").safe).toContain("Nothing was read yet");
});
