import { expect, test } from "vitest";
import { supportLine } from "./support-line.ts";

test("a part counts until its last day, one without an end always, one that is out undated never", () => {
  const line = supportLine({
    today: "2026-11-24",
    lookedAtOn: "2026-11-24",
    counts: { ended: 3, unmaintained: 0, limited: 0, soon: 2, longer: 4, unknown: 5 },
    next: null,
    ends: [
      { on: "2026-05-31", count: 1 },
      { on: "2027-03-01", count: 2 },
    ],
    open: 4,
    outUndated: 2,
  });
  const on = (day: string) => line.months.find((month) => month.on === day)?.supported;
  expect(line.months[0]?.on).toBe("2025-11-01");
  expect(line.months.at(-1)?.on).toBe("2031-11-01");
  expect(["2026-05-01", "2026-06-01", "2027-03-01", "2027-04-01", "2031-11-01"].map(on)).toEqual([7, 6, 6, 4, 4]);
  expect(line).toMatchObject({ known: 9, open: 4 });
});
