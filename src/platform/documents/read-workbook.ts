import exceljs, { type CellValue, type Worksheet } from "exceljs";
import { type Entry, fromBufferPromise } from "yauzl";
import { Fault } from "../../lib/fault.ts";

export interface WorkbookSheet {
  name: string;
  rows: { row: number; cells: { column: number; text: string; formula: boolean }[] }[];
}

export const MAX_WORKBOOK_BYTES = 20 * 1024 * 1024;
const MAX_UNPACKED = 150 * 1024 * 1024;
const MAX_ENTRIES = 2_000;
const MAX_ROWS = 20_000;
const MAX_COLUMNS = 60;
const MAX_TEXT = 20_000;
/** What is not read: merged cells keep their text in the first one, and the rest is looks. */
const LOOKS = [
  ...["mergeCells", "dataValidations", "conditionalFormatting", "autoFilter", "drawing", "picture", "tableParts"],
  ...["extLst", "hyperlinks", "pageSetup", "headerFooter", "printOptions", "rowBreaks", "sheetProtection"],
];

/**
 * The texts of a workbook (XLSX). Formulas are marked and never worked out. Call it apart: a file may be made to take long.
 * Faults `bad_input` when it is none, is encrypted or of the old form, `too_large` beyond 150 MB unpacked or 20,000 rows.
 */
export async function readWorkbook(bytes: Uint8Array, name: string): Promise<WorkbookSheet[]> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  await weigh(buffer, name);
  const workbook = new exceljs.Workbook();
  try {
    // exceljs's types are of an older Buffer.
    await workbook.xlsx.load(buffer as unknown as Parameters<typeof workbook.xlsx.load>[0], { ignoreNodes: LOOKS });
  } catch (cause) {
    throw new Fault("bad_input", "The workbook cannot be read", { at: name, fix: SAVE_AGAIN, cause });
  }
  return workbook.worksheets.map((sheet) => readSheet(sheet, name));
}

const SAVE_AGAIN = "Open it in a spreadsheet program and save it as an Excel workbook (.xlsx)";

/** Unpacks every entry once without keeping it: what the directory says of sizes must hold, and all together stay within the limit. */
async function weigh(buffer: Buffer, name: string): Promise<void> {
  const bad = (reason: string, cause?: unknown) => new Fault("bad_input", reason, { at: name, fix: SAVE_AGAIN, cause });
  const tooLarge = (what: string) =>
    new Fault("too_large", `The workbook has ${what}`, { at: name, fix: "Keep the sheets of the form only" });
  if (buffer.length > MAX_WORKBOOK_BYTES) throw tooLarge(`more than ${MAX_WORKBOOK_BYTES / 1024 / 1024} MB`);
  if (buffer.subarray(0, 4).toString("hex") === "d0cf11e0")
    throw bad("The workbook is encrypted, or of the old form (.xls)");
  if (buffer.subarray(0, 2).toString("latin1") !== "PK") throw bad("This is no Excel workbook");
  let unpacked = 0;
  try {
    const archive = await fromBufferPromise(buffer, { validateEntrySizes: true });
    if (archive.entryCount > MAX_ENTRIES) throw tooLarge(`more than ${MAX_ENTRIES} parts`);
    for await (const entry of archive.eachEntry() as AsyncIterable<Entry>) {
      if (entry.isEncrypted()) throw bad("The workbook is encrypted");
      if (unpacked + entry.uncompressedSize > MAX_UNPACKED)
        throw tooLarge(`more than ${MAX_UNPACKED / 1024 / 1024} MB when unpacked`);
      if (entry.fileName.endsWith("/")) continue;
      for await (const chunk of await archive.openReadStreamPromise(entry)) unpacked += (chunk as Buffer).length;
    }
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw bad("The workbook is damaged", cause);
  }
}

function readSheet(sheet: Worksheet, name: string): WorkbookSheet {
  const rows: WorkbookSheet["rows"] = [];
  if (sheet.actualRowCount > MAX_ROWS)
    throw new Fault("too_large", `The sheet “${sheet.name}” has more than ${MAX_ROWS} rows`, { at: name });
  sheet.eachRow({ includeEmpty: false }, (row, number) => {
    const cells: WorkbookSheet["rows"][number]["cells"] = [];
    row.eachCell({ includeEmpty: false }, (cell, column) => {
      if (column > MAX_COLUMNS) return;
      const formula = isFormula(cell.value);
      const text = formula ? "" : textOf(cell.value).slice(0, MAX_TEXT);
      if (formula || text !== "") cells.push({ column, text, formula });
    });
    if (cells.length > 0) rows.push({ row: number, cells });
  });
  return { name: sheet.name, rows };
}

const isFormula = (value: CellValue): boolean =>
  typeof value === "object" && value !== null && ("formula" in value || "sharedFormula" in value);

function textOf(value: CellValue): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString().slice(0, 10);
  if (typeof value !== "object") return String(value);
  if ("richText" in value) return value.richText.map(({ text }) => text).join("");
  if ("text" in value) return typeof value.text === "string" ? value.text : textOf(value.text as CellValue);
  return "";
}
