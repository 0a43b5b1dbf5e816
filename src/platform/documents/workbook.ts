import exceljs from "exceljs";

/** A table of texts: every cell is a text, so that none is ever a formula. */
export interface SheetTable {
  name: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** What a cell holds at most in Excel. */
const MAX_CELL = 32_767;
const WIDEST = 60;

/** A workbook (XLSX) of tables, each with a heading that stays in view and a filter. The same tables give the same bytes. */
export async function writeWorkbook(sheets: readonly SheetTable[], at: Date): Promise<Buffer> {
  const workbook = new exceljs.Workbook();
  workbook.creator = "Cordon";
  workbook.created = at;
  workbook.modified = at;
  for (const { name, head, rows } of sheets) {
    const sheet = workbook.addWorksheet(name, { views: [{ state: "frozen", ySplit: 1, xSplit: 1 }] });
    for (const row of [head, ...rows]) sheet.addRow(row.map(cellText));
    sheet.getRow(1).font = { bold: true };
    for (const [i, title] of head.entries()) {
      const widest = Math.max(title.length, ...rows.slice(0, 200).map((row) => row[i]?.length ?? 0));
      const column = sheet.getColumn(i + 1);
      column.width = Math.min(WIDEST, widest + 3);
      column.alignment = { vertical: "top", wrapText: true };
      column.numFmt = "@";
    }
    sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: Math.max(1, rows.length + 1), column: head.length } };
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** Excel keeps no control characters and no more than 32,767 signs in a cell. */
const cellText = (text: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for them
  const plain = text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
  return plain.length > MAX_CELL ? `${plain.slice(0, MAX_CELL - 1).toWellFormed()}…` : plain;
};
