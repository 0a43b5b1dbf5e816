import * as z from "zod";
import { namesOfMaker } from "../device-advisories/vendors.ts";
import { countFdaRecords } from "../fda/fda-answers.ts";
import type { Source, Subject } from "../source.ts";
import { cursorOf } from "../source-parts/answers.ts";
import { anyOf, FdaQuestions, noDevices, openFda } from "../source-parts/openfda.ts";

/** What of this round is whole. */
const Cursor = z.object({ done: z.array(z.string()) });

/** `recall` says why, and which clearance; only `enforcement` says the class. Both carry the recall's number. */
const ENDPOINTS = ["recall", "enforcement"] as const;

export default {
  ...openFda,
  name: "openfda-recalls",
  title: "FDA device recalls (openFDA)",
  gives: "Recalls by the makers of your devices, with class, reason and root cause, shown beside each device",
  home: "https://open.fda.gov/apis/device/recall/",
  firstBytes: 5_000_000,
  formats: [],
  inspect: countFdaRecords,
  async *read(tools, before) {
    const makers = makersOf(tools.subjects);
    if (makers.size === 0) throw noDevices();
    const questions = new FdaQuestions(tools);
    const done = new Set(cursorOf(before, Cursor)?.done ?? []);
    const wanted = [...makers].flatMap(([maker, names]) =>
      ENDPOINTS.map((endpoint) => ({ endpoint, names, part: `${endpoint}/${maker}/` })),
    );
    for (const [i, { endpoint, names, part }] of wanted.entries()) {
      if (done.has(part)) continue;
      const pages: string[] = [];
      for await (const { url, text } of questions.pages(endpoint, anyOf("recalling_firm", names))) {
        const name = `${part}${String(pages.length + 1).padStart(3, "0")}.json`;
        pages.push(name);
        yield { type: "bytes", name, url, bytes: new TextEncoder().encode(text), more: { mayBeEmpty: true } };
      }
      yield { type: "drop", where: (name) => name.startsWith(part) && !pages.includes(name) };
      done.add(part);
      yield { type: "reached", cursor: { done: [...done] }, done: i + 1, total: wanted.length };
    }
    await questions.refuseMoved("recall");
    yield { type: "drop", where: (name) => !wanted.some(({ part }) => name.startsWith(part)) };
    yield { type: "reached", cursor: null };
  },
} satisfies Source;

/** Each maker once, by a name for a file, with the names to ask for. */
function makersOf(subjects: readonly Subject[]): Map<string, string[]> {
  const makers = new Map<string, string[]>();
  for (const { manufacturer } of subjects) {
    const names = namesOfMaker(manufacturer);
    const [first] = names;
    if (first !== undefined) makers.set(first.replaceAll(" ", "-"), names);
  }
  return makers;
}
