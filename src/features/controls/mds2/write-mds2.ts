import type { Mds2Answer, Mds2Word } from "./schema.ts";

export const MDS2_WORDS: Readonly<Record<Mds2Word, string>> = {
  yes: "Yes",
  no: "No",
  "not-applicable": "N/A",
  "see-note": "See Note",
};

/** Answers as a table: ids, answers and notes, as `readMds2` reads them again. */
export const mds2Sheet = (answers: readonly Mds2Answer[]) => ({
  name: "MDS2",
  head: ["Question id", "Answer", "Note"],
  rows: answers.map(({ id, word, text, note }) => [id, word === null ? text : MDS2_WORDS[word], note]),
});
