import { createHash } from "node:crypto";
import * as z from "zod";
import type { Subject } from "../source.ts";
import { FdaPage } from "../source-parts/openfda.ts";
import type { FdaRecall, ReportCounts } from "./schema.ts";

const TEXT = 2_000;
const text = z
  .string()
  .transform((value) => value.trim())
  .transform((value) => (value.length > TEXT ? `${value.slice(0, TEXT - 1)}…` : value));
const short = text.transform((value) => value.slice(0, 200)).nullish();

/** The fields used of device/recall (open.fda.gov/apis/device/recall/searchable-fields). */
const Recall = z.object({
  product_res_number: z.string().min(1).max(60),
  cfres_id: z.string().nullish(),
  res_event_number: short,
  recalling_firm: text,
  product_description: text,
  reason_for_recall: text.nullish(),
  root_cause_description: short,
  recall_status: short,
  event_date_initiated: z.string().nullish(),
  event_date_posted: z.string().nullish(),
  event_date_terminated: z.string().nullish(),
  product_code: short,
  k_numbers: z.array(z.string().max(40)).nullish(),
});

/** The fields used of device/enforcement, which alone has the class. */
const Enforcement = z.object({ recall_number: z.string().min(1).max(60), classification: z.string().max(60) });

export type FdaRecord =
  | { type: "recall"; recall: FdaRecall }
  | { type: "class"; number: string; classification: FdaRecall["classification"] };

/** The records of one kept answer; null for one that cannot be used. Undefined: it is no answer of openFDA. */
export function readFdaPage(page: string): (FdaRecord | null)[] | undefined {
  const parsed = FdaPage.safeParse(jsonOf(page));
  return parsed.success ? parsed.data.results.map(readRecord) : undefined;
}

function readRecord(value: unknown): FdaRecord | null {
  const enforcement = Enforcement.safeParse(value);
  if (enforcement.success) {
    const { recall_number: number, classification } = enforcement.data;
    return { type: "class", number, classification: classOf(classification) };
  }
  const said = Recall.safeParse(value);
  if (!said.success) return null;
  const one = said.data;
  return {
    type: "recall",
    recall: {
      number: one.product_res_number,
      event: one.res_event_number ?? null,
      firm: one.recalling_firm,
      product: one.product_description,
      reason: one.reason_for_recall ?? "",
      rootCause: one.root_cause_description ?? null,
      classification: null,
      status: one.recall_status ?? null,
      initiatedOn: dayOf(one.event_date_initiated),
      postedOn: dayOf(one.event_date_posted),
      terminatedOn: dayOf(one.event_date_terminated),
      productCode: one.product_code ?? null,
      kNumbers: (one.k_numbers ?? []).slice(0, 50),
      url: pageOf(one.cfres_id ?? ""),
    },
  };
}

const classOf = (said: string): FdaRecall["classification"] => {
  const [, level] = /^class (i{1,3})$/i.exec(said.trim()) ?? [];
  return level === undefined ? null : (level.toUpperCase() as "I" | "II" | "III");
};

/** `20260131` and `2026-01-31`: openFDA writes both. */
function dayOf(said: string | null | undefined): string | null {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(said ?? "") ?? [];
  const date = `${year}-${month}-${day}`;
  return z.iso.date().safeParse(date).success ? date : null;
}

const RECALLS = "https://www.accessdata.fda.gov/scripts/cdrh/cfdocs/cfRES/res.cfm";
const pageOf = (id: string): string => (/^\d{1,12}$/.test(id) ? `${RECALLS}?id=${id}` : RECALLS);

/** How many records an answer has and how many cannot be used; null: another shape. */
export function countFdaRecords(page: string): { records: number; unusable: number } | null {
  const records = readFdaPage(page);
  if (records === undefined) return null;
  const unusable = records.filter((one) => one === null).length;
  return { records: records.length - unusable, unusable };
}

const Reports = z.object({
  subject: z.object({ manufacturer: z.string(), product: z.string(), model: z.string().nullable() }),
  search: z.string(),
  updatedOn: z.string().nullable(),
  days: z.array(z.object({ time: z.string(), count: z.number().int() })),
});

/** Reports a year, with the years between that had none; undefined for a text that is none of ours. */
export function readReports(document: string): { subject: Subject; counts: ReportCounts } | undefined {
  const parsed = Reports.safeParse(jsonOf(document));
  if (!parsed.success) return undefined;
  const { subject, search, updatedOn, days } = parsed.data;
  const years = new Map<number, number>();
  for (const { time, count } of days) {
    const year = Number(time.slice(0, 4));
    years.set(year, (years.get(year) ?? 0) + count);
  }
  const first = Math.min(...years.keys());
  const last = Math.max(...years.keys());
  const span =
    years.size === 0 ? [] : Array.from({ length: Math.min(60, last - first + 1) }, (_, i) => last - i).reverse();
  const total = days.reduce((sum, { count }) => sum + count, 0);
  return {
    subject,
    counts: { search, total, updatedOn, years: span.map((year) => ({ year, reports: years.get(year) ?? 0 })) },
  };
}

export const countReportAnswer = (document: string) =>
  readReports(document) === undefined ? null : { records: 1, unusable: 0 };

/** The same for the same words about a device. */
export const reportSubjectKey = ({ manufacturer, product, model }: Subject): string =>
  createHash("sha256")
    .update(JSON.stringify([manufacturer, product, model]))
    .digest("hex")
    .slice(0, 32);

function jsonOf(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}
