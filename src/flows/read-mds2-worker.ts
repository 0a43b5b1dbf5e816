/** The thread that `read-mds2-apart.ts` starts: reads one filled form and answers once. */
import { readMds2 } from "../features/controls/mds2/read-mds2.ts";
import { answerOnce } from "../platform/apart.ts";
import { readWorkbook } from "../platform/documents/read-workbook.ts";

export interface Job {
  bytes: Uint8Array;
  name: string;
}

await answerOnce(async ({ bytes, name }: Job) => readMds2(await readWorkbook(bytes, name), name));
