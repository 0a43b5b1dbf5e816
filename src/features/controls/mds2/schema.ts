import * as z from "zod";
import { Loss } from "../schema.ts";

/** Groups of ANSI/NEMA HN 1-2019, in the order of the form. */
export const MDS2_GROUPS = [
  ...["DOC", "MPII", "ALOF", "AUDT", "AUTH", "CSUP", "DIDT", "DTBK", "EMRG", "IGAU", "MLDP", "NAUT", "CONN"],
  ...["PAUT", "PLOK", "RDMP", "SBOM", "SAHD", "SGUD", "STCF", "TXCF", "TXIG", "RMOT", "OTHR"],
] as const;

export const Mds2Word = z.enum(["yes", "no", "not-applicable", "see-note"]);
export type Mds2Word = z.infer<typeof Mds2Word>;

/** One answer: never the question, whose text is NEMA's. */
export const Mds2Answer = z.object({
  /** "MPII-1", "SBOM-2.1". */
  id: z.string().regex(/^[A-Z]{3,4}-\d+(\.\d+)*$/),
  /** Null: another text than the four words, as about the device itself. */
  word: Mds2Word.nullable(),
  text: z.string().max(4_000),
  note: z.string().max(8_000),
});
export type Mds2Answer = z.infer<typeof Mds2Answer>;

export const Mds2Form = z.object({
  answers: z.array(Mds2Answer),
  unanswered: z.array(z.string()),
  losses: z.array(Loss),
});
export type Mds2Form = z.infer<typeof Mds2Form>;

/** A cell of a workbook as its text; a formula is never worked out. */
export interface Cell {
  column: number;
  text: string;
  formula: boolean;
}

export interface CellSheet {
  name: string;
  rows: { row: number; cells: Cell[] }[];
}

/** The form of a release as it is kept. */
export const KeptForm = Mds2Form.extend({
  fileName: z.string(),
  uploadedBy: z.string(),
  uploadedAt: z.iso.datetime(),
  /** How many of the answers stand in each group. */
  groups: z.array(
    z.object({ group: z.enum(MDS2_GROUPS), yes: z.number().int(), no: z.number().int(), other: z.number().int() }),
  ),
});
export type KeptForm = z.infer<typeof KeptForm>;
