import { deflateRawSync } from "node:zlib";
import exceljs, { type Workbook } from "exceljs";
import { describe, expect, test } from "vitest";
import { readMds2Apart } from "../../../flows/read-mds2-apart.ts";
import { Fault } from "../../../lib/fault.ts";
import { writeWorkbook } from "../../../platform/documents/workbook.ts";
import { MDS2_GROUPS } from "./schema.ts";
import { mds2Sheet } from "./write-mds2.ts";

/** A filled form as people have them: several sheets, merged headings, our own invented questions. */
async function form(change: (book: Workbook) => void = () => {}): Promise<Buffer> {
  const book = new exceljs.Workbook();
  book.addWorksheet("Cover").addRow(["Manufacturer Disclosure Statement, filled"]);
  const sheet = book.addWorksheet("MDS2 Worksheet");
  sheet.mergeCells("A1:F1");
  sheet.getCell("A1").value = "Form of Works Ltd";
  sheet.addRow(["Question ID", "Question", null, "See note", "IEC TR 80001-2-2", "NIST SP 800-53"]);
  sheet.addRow(["DOC-1", "Invented: who makes it?", "Works Ltd", null]);
  sheet.addRow([null, "A HEADING IN BETWEEN"]);
  sheet.mergeCells("B4:F4");
  sheet.addRow(["MPII-1", "Invented: are there data of people?", "Yes", "Name and date of birth"]);
  sheet.addRow(["MPII-2.1", "Invented: on a disk?", { richText: [{ text: "N" }, { text: "/A" }] }, null]);
  sheet.addRow(["SBOM-1", "Invented: is there a list of parts?", "See Note", "Note 3: on request", "x", "CM-8"]);
  const more = book.addWorksheet("Continued");
  more.addRow(["ID", "What", "Answer", "Comments"]);
  more.addRow(["rmot-1", "Invented: from afar?", "no"]);
  more.addRow(["OTHR-1", "Invented: anything else?", null, null]);
  change(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

const answersOf = async (bytes: Uint8Array) => (await readMds2Apart(bytes, "form.xlsx")).answers;

describe("a filled form", () => {
  test("gives ids, answers and notes, and never a question", async () => {
    const read = await readMds2Apart(await form(), "form.xlsx");
    expect(read).toEqual({
      answers: [
        { id: "DOC-1", word: null, text: "Works Ltd", note: "" },
        { id: "MPII-1", word: "yes", text: "", note: "Name and date of birth" },
        { id: "MPII-2.1", word: "not-applicable", text: "", note: "" },
        { id: "SBOM-1", word: "see-note", text: "", note: "Note 3: on request" },
        { id: "RMOT-1", word: "no", text: "", note: "" },
      ],
      unanswered: ["OTHR-1"],
      losses: [],
    });
    expect(JSON.stringify(read)).not.toContain("Invented");
  });

  test("a formula is not worked out, and a second answer does not win", async () => {
    const read = await readMds2Apart(
      await form((book) => {
        const sheet = book.getWorksheet("Continued");
        sheet?.addRow(["AUDT-1", "Invented?", { formula: 'HYPERLINK("http://x","Yes")', result: "Yes" }, null]);
        sheet?.addRow(["RMOT-1", "Invented?", "Yes", null]);
      }),
      "form.xlsx",
    );
    expect(read.losses).toEqual([
      { at: "Continued!4", what: expect.stringContaining("AUDT-1 is answered by a formula") },
      { at: "Continued!5", what: expect.stringContaining("RMOT-1 is answered twice") },
    ]);
    expect(read.answers.find(({ id }) => id === "RMOT-1")?.word).toBe("no");
  });

  test("what leaves as a workbook reads the same again", async () => {
    const answers = [
      ...(await answersOf(await form())),
      { id: "OTHR-1", word: "yes" as const, text: "", note: '=HYPERLINK("http://x","y")' },
    ];
    const bytes = await writeWorkbook([mds2Sheet(answers)], new Date("2026-11-24T00:00:00Z"));
    expect(await answersOf(bytes)).toEqual(answers);
  });

  test("every group of the form is known", () => expect(MDS2_GROUPS.length).toBe(24));
});

describe("refused", () => {
  /** A zip of one entry whose directory says it unpacks to so many bytes. */
  function zip(packed: Buffer, said: number): Buffer {
    const name = Buffer.from("xl/workbook.xml");
    const local = Buffer.alloc(30);
    local.write("PK\u0003\u0004", "latin1");
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(said, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.write("PK\u0001\u0002", "latin1");
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(said, 24);
    central.writeUInt16LE(name.length, 28);
    const end = Buffer.alloc(22);
    end.write("PK\u0005\u0006", "latin1");
    end.writeUInt16LE(1, 8);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(46 + name.length, 12);
    end.writeUInt32LE(30 + name.length + packed.length, 16);
    return Buffer.concat([local, name, packed, central, name, end]);
  }
  const bomb = deflateRawSync(Buffer.alloc(160 * 1024 * 1024));

  test.each<[string, () => Promise<Uint8Array> | Uint8Array, string, RegExp]>([
    ["no workbook", () => Buffer.from("a,b,c"), "bad_input", /no Excel workbook/],
    [
      "an old or encrypted one",
      () => Buffer.from("d0cf11e0a1b11ae1", "hex"),
      "bad_input",
      /encrypted, or of the old form/,
    ],
    ["a zip that is none", () => Buffer.from("PK and then nothing"), "bad_input", /damaged/],
    ["a zip bomb", () => zip(bomb, 160 * 1024 * 1024), "too_large", /unpacked/],
    ["a zip bomb that lies", () => zip(bomb, 1_000), "bad_input", /damaged/],
    ["a cut workbook", async () => (await form()).subarray(0, 3_000), "bad_input", /damaged|read/],
    [
      "a workbook of something else",
      () => writeWorkbook([{ name: "x", head: ["a"], rows: [["b"]] }], new Date(0)),
      "bad_input",
      /No sheet/,
    ],
  ])("%s", async (_, bytes, code, reason) => {
    const refused = await readMds2Apart(await bytes(), "form.xlsx").catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Fault);
    expect(refused).toMatchObject({ code, message: expect.stringMatching(reason), at: "form.xlsx" });
  });

  test("a merge over the whole sheet costs nothing", async () => {
    const bytes = await form((book) => {
      const sheet = book.getWorksheet("Cover");
      sheet?.addRow(["x"]);
      sheet?.mergeCells("A10:CV2000");
    });
    expect((await answersOf(bytes)).length).toBe(5);
  });
});
