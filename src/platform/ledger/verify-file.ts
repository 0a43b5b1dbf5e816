import { createReadStream } from "node:fs";
import { ledgerVerifier, type Verdict } from "./verify.ts";

/** A header with a hundred keys stays far below. */
const MAX_LINE_BYTES = 1_000_000;

/** Verifies an exported ledger in bounded memory. A file whose last line lacks its end, or with bytes that are no text, is bad there. */
export async function verifyFile(path: string, trusted: readonly string[] | null): Promise<Verdict> {
  const verifier = ledgerVerifier(trusted);
  for await (const line of linesOf(createReadStream(path))) if (!verifier.line(line)) break;
  return verifier.end();
}

/** Lines by "\n" alone. What is too long, unended or no UTF-8 comes as a line that no record equals. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const decode = (bytes: Buffer) => {
    try {
      return decoder.decode(bytes);
    } catch {
      return "(no UTF-8)";
    }
  };
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      yield decode(Buffer.concat([...parts, chunk.subarray(from, end)]));
      [parts, size, from] = [[], 0, end + 1];
    }
    parts.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > MAX_LINE_BYTES) break;
  }
  if (size > 0) yield "(a line without an end)";
}
