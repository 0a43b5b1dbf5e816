import { expect, test } from "vitest";
import { type Day, todaySentence } from "./today-sentence.ts";

const NONE = { count: 0, items: [] };
const QUIET: Day = {
  noDevice: false,
  newFindings: { ...NONE, since: "2026-11-23T09:00:00Z", exploited: 0 },
  reports: NONE,
  mine: NONE,
  suspect: NONE,
  worse: [],
  intel: { none: false, stale: [], lastRun: null },
};

test.each<[string, Partial<Day>]>([
  ["Nothing new needs you.", {}],
  ["Nothing is watched yet: there is no device.", { noDevice: true }],
  ["Nothing can be found yet: no advisory was read.", { intel: { ...QUIET.intel, none: true } }],
  [
    "2 new findings since yesterday, 1 exploited in the wild; 3 in triage with you.",
    { newFindings: { ...QUIET.newFindings, count: 2, exploited: 1 }, mine: { ...NONE, count: 3 } },
  ],
  ["1 report from outside to read.", { noDevice: true, reports: { ...NONE, count: 1 } }],
  ["1 decision to look at again.", { suspect: { ...NONE, count: 1 } }],
])("%s", (said, over) => {
  expect(
    todaySentence({ ...QUIET, ...over })
      .map(({ text }) => text)
      .join(""),
  ).toBe(said);
});
