/** The thread that `read-sbom-apart.ts` starts: reads one SBOM and answers once. */
import { readSbom } from "../features/devices/sbom/read-sbom.ts";
import { answerOnce } from "../platform/apart.ts";

export interface Job {
  bytes: Uint8Array;
  name: string;
}

await answerOnce(({ bytes, name }: Job) => readSbom(bytes, { name }));
