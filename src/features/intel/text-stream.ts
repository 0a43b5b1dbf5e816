import { Fault } from "../../lib/fault.ts";

const NEWLINE = 0x0a;

type OpenedText =
  | { form: "empty" | "binary" }
  | { form: "whole"; bytes: Uint8Array }
  | { form: "lines"; bytes: AsyncIterable<Uint8Array> };

interface TextLimits {
  path: string;
  maxDocumentBytes: number;
  maxLineBytes: number;
}

/** Looks at the first line: a complete JSON object means one record a line, to be streamed; anything else is read whole. */
export async function openText(bytes: AsyncIterable<Uint8Array>, limits: TextLimits): Promise<OpenedText> {
  const source = bytes[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let decided = false;
  for (let next = await source.next(); !next.done; next = await source.next()) {
    chunks.push(next.value);
    length += next.value.length;
    if (length > limits.maxDocumentBytes) {
      await source.return?.();
      const reason = `One document of more than ${limits.maxDocumentBytes} bytes is not held in memory`;
      throw new Fault("too_large", reason, { at: limits.path, fix: "Split it, or give one JSON record per line" });
    }
    if (decided || !next.value.includes(NEWLINE)) continue;
    decided = true;
    const start = chunks.length === 1 ? next.value : Buffer.concat(chunks);
    if (isRecord(start.subarray(0, start.indexOf(NEWLINE)), limits.maxLineBytes))
      return { form: "lines", bytes: resume(start, source) };
  }
  if (length === 0) return { form: "empty" };
  const whole = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length);
  return isBinary(whole) ? { form: "binary" } : { form: "whole", bytes: whole };
}

async function* resume(start: Uint8Array, source: AsyncIterator<Uint8Array>) {
  try {
    yield start;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  } finally {
    await source.return?.();
  }
}

function isRecord(line: Uint8Array, maxLineBytes: number): boolean {
  if (line.length > maxLineBytes) return false;
  const text = new TextDecoder().decode(line).trim();
  if (!text.startsWith("{") || !text.endsWith("}")) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** NUL bytes mean binary, except where a byte order mark or every second byte says UTF-16 (the decoder judges that). */
function isBinary(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 4096);
  return head.includes(0) && !((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff));
}

/** Lines without their end. A line over the limit is dropped as it comes and told as "too long". */
export async function* splitLines(
  bytes: AsyncIterable<Uint8Array>,
  maxLineBytes: number,
): AsyncGenerator<Uint8Array | "too long", void, undefined> {
  let carried: Uint8Array[] = [];
  let carriedBytes = 0;
  const take = (end: Uint8Array): Uint8Array | "too long" => {
    const line = carriedBytes + end.length > maxLineBytes ? "too long" : join(carried, end);
    carried = [];
    carriedBytes = 0;
    return line;
  };
  for await (const chunk of bytes) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield take(chunk.subarray(start, end));
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    carriedBytes += rest.length;
    if (carriedBytes > maxLineBytes) carried = [];
    else if (rest.length > 0) carried.push(rest);
  }
  if (carriedBytes > 0) yield take(new Uint8Array(0));
}

const join = (parts: Uint8Array[], end: Uint8Array): Uint8Array =>
  parts.length === 0 ? end : Buffer.concat([...parts, end]);
