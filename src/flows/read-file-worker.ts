/** The thread that `read-file-apart.ts` starts: reads one security file or one model of another tool, and answers once. */
import { readAnyFile } from "../features/security-file/formats/read-any-file.ts";
import { decodeText } from "../lib/text.ts";
import { answerOnce } from "../platform/apart.ts";

export interface Job {
  bytes: Uint8Array;
  name: string;
}

await answerOnce(({ bytes, name }: Job) => readAnyFile(decodeText(bytes, name), name));
