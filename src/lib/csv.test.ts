import fc from "fast-check";
import { expect, test } from "vitest";
import { csvText, openCell, readCsv } from "./csv.ts";

const refuse = (at: string, reason: string) => {
  throw new Error(`${at}: ${reason}`);
};
const rowsOf = (text: string) => [...readCsv(text, refuse)].map(({ row }) => row.map(openCell));

test.each([
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\tx", "'\tx"],
  ["\rx", `"'\rx"`],
  ["＝1", "'＝1"],
  ["'=1", "''=1"],
  ["it's", "it's"],
  ["2-1", "2-1"],
])("the cell %j leaves as %s and comes back as it was", (cell, written) => {
  expect(csvText([[cell, "x"]])).toBe(`${written},x\r\n`);
  expect(rowsOf(csvText([[cell, "x"]]))).toEqual([[cell, "x"]]);
});

test("any cells come back as they were, and none begins like a formula", () => {
  const cell = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: fc.constantFrom(..."=+-@\t\r\n'\", ab") }));
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { maxLength: 5 }), (rows) => {
      const text = csvText(rows);
      expect(rowsOf(text)).toEqual(rows);
      for (const { row } of readCsv(text, refuse)) expect(row.filter((one) => /^[=+\-@\t\r]/.test(one))).toEqual([]);
    }),
  );
});
