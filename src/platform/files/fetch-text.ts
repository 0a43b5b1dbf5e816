import { Fault } from "../../lib/fault.ts";
import { decodeText } from "../../lib/text.ts";
import type { Fetch } from "./fetch-input.ts";

/** The text at an address, at most so many bytes. Fault `unavailable` when it does not answer well, `too_large` above the limit. */
export async function fetchText(url: string, fetch: Fetch, maxBytes: number): Promise<string> {
  const answer = await fetch(url).catch((cause) => {
    throw cause instanceof Fault
      ? cause
      : new Fault("unavailable", "The address cannot be reached", { at: url, cause });
  });
  if (!answer.ok || answer.body === null) {
    await answer.body?.cancel();
    throw new Fault("unavailable", `The address answered ${answer.status}`, { at: url });
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body) {
    size += chunk.length;
    if (size > maxBytes) throw new Fault("too_large", `It has more than ${maxBytes} bytes`, { at: url });
    chunks.push(chunk);
  }
  return decodeText(Buffer.concat(chunks), url);
}
