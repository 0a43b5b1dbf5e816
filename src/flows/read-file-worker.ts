/** The thread that `read-file-apart.ts` starts: reads one security file and answers once. */
import { readSecurityFile } from "../features/security-file/read/read-security-file.ts";
import { decodeText } from "../lib/text.ts";
import { answerOnce } from "../platform/apart.ts";

export interface Job {
  bytes: Uint8Array;
  name: string;
}

await answerOnce(({ bytes, name }: Job) => readSecurityFile([{ name, text: decodeText(bytes, name) }]).file);
