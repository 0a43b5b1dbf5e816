import * as z from "zod";
import { readProductName } from "../device-advisories/product-name.ts";
import { namesOfMaker, vendorsIn, vendorWords } from "../device-advisories/vendors.ts";
import { countReportAnswer, reportSubjectKey } from "../fda/fda-answers.ts";
import type { Source, Subject } from "../source.ts";
import { cursorOf, jsonIn } from "../source-parts/answers.ts";
import { anyOf, FdaQuestions, noDevices, openFda } from "../source-parts/openfda.ts";

const Cursor = z.object({ done: z.array(z.string()) });
const Counted = z.object({
  meta: z.object({ last_updated: z.string().optional() }),
  results: z.array(z.object({ time: z.string().regex(/^\d{8}$/), count: z.number().int().nonnegative() })).max(40_000),
});

export default {
  ...openFda,
  name: "openfda-events",
  title: "FDA adverse event reports, counted (MAUDE)",
  gives: "How many reports the FDA received about products called like your devices, by year; no report is taken",
  home: "https://open.fda.gov/apis/device/event/",
  firstBytes: 500_000,
  formats: [],
  inspect: countReportAnswer,
  async *read(tools, before) {
    const wanted = questionsAbout(tools.subjects);
    if (wanted.size === 0) throw noDevices();
    const questions = new FdaQuestions(tools);
    const done = new Set(cursorOf(before, Cursor)?.done ?? []);
    let i = 0;
    for (const [name, { subject, search }] of wanted) {
      i += 1;
      if (done.has(name)) continue;
      const answer = await questions.ask("event", { search, count: "date_received" });
      const counted = answer === null ? { meta: {}, results: [] } : jsonIn(answer.url, answer.text, Counted);
      const document = JSON.stringify({
        subject,
        search,
        updatedOn: counted.meta.last_updated ?? null,
        days: counted.results,
      });
      const url = answer?.url ?? tools.at("device", "event.json");
      yield { type: "bytes", name, url, bytes: new TextEncoder().encode(document) };
      done.add(name);
      if (i % 50 === 0) yield { type: "reached", cursor: { done: [...done] }, done: i, total: wanted.size };
    }
    await questions.refuseMoved("event");
    yield { type: "drop", where: (name) => !wanted.has(name) };
    yield { type: "reached", cursor: null, done: i, total: i };
  },
} satisfies Source;

/** One question a product: a name of its maker, and every word of the brand that tells it from others. */
function questionsAbout(subjects: readonly Subject[]): Map<string, { subject: Subject; search: string }> {
  const questions = new Map<string, { subject: Subject; search: string }>();
  for (const subject of subjects) {
    const makers = vendorWords(vendorsIn(subject.manufacturer));
    const { telling } = readProductName(subject.product, makers);
    const words = telling.length > 0 ? telling : readProductName(subject.model ?? "", makers).telling;
    const names = namesOfMaker(subject.manufacturer);
    if (words.length === 0 || names.length === 0) continue;
    const maker = `(${anyOf("device.manufacturer_d_name", names)})`;
    const search = [maker, ...words.map((word) => `device.brand_name:"${word}"`)].join(" AND ");
    questions.set(`${reportSubjectKey(subject)}.json`, { subject, search });
  }
  return questions;
}
