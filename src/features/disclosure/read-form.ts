import { NewReport, REPORT_LIMITS } from "./schema.ts";

export interface ReadFile {
  fileName: string;
  bytes: Buffer;
}

/** A form that was filled in right, or what is wrong with which field. */
export type ReadForm =
  | { ok: true; report: NewReport; files: ReadFile[] }
  | { ok: false; values: Record<string, string>; wrong: { field: string; reason: string }[] };

const TEXTS = Object.keys(NewReport.shape);
const MOST_ECHOED = 50_000;

/** Texts and files of a submitted form. Fields nobody asked for are left alone; empty files (nothing chosen) are none. */
export async function readForm(form: FormData): Promise<ReadForm> {
  const values: Record<string, string> = {};
  for (const name of TEXTS) values[name] = textIn(form, name);
  const parsed = NewReport.safeParse(values);
  const chosen = form.getAll("attachment").flatMap((entry) => (entry instanceof File && entry.size > 0 ? [entry] : []));
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({ field: String(issue.path[0] ?? ""), reason: issue.message }));
  if (chosen.length > REPORT_LIMITS.attachments)
    wrong.push({ field: "attachment", reason: `at most ${REPORT_LIMITS.attachments} files` });
  else if (chosen.some(({ size }) => size > REPORT_LIMITS.attachmentBytes))
    wrong.push({ field: "attachment", reason: "no file larger than 5 MB" });
  if (!parsed.success || wrong.length > 0) return { ok: false, values: clipped(values), wrong: firstOfEach(wrong) };
  const files = [];
  for (const file of chosen)
    files.push({ fileName: plainName(file.name), bytes: Buffer.from(await file.arrayBuffer()) });
  return { ok: true, report: parsed.data, files };
}

export function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** The last part of a name, of letters a file system and a header take; it is shown, never used as a path. */
export function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  const plain = last
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{N} ._+()-]/gu, "_")
    .replaceAll(/^\.+/g, "_")
    .trim();
  return plain.slice(0, 120) || "file";
}

const clipped = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([name, text]) => [name, text.slice(0, MOST_ECHOED)]));

const firstOfEach = <T extends { field: string }>(wrong: readonly T[]): T[] =>
  wrong.filter(({ field }, i) => wrong.findIndex((other) => other.field === field) === i);
