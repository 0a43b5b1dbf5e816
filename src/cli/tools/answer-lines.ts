import { once } from "node:events";
import { Fault } from "../../lib/fault.ts";
import { type JsonValue, parseJson } from "../../lib/json.ts";

/** Of one line on standard input, in characters. */
const MAX_LINE = 1024 * 1024;

interface Streams {
  input: AsyncIterable<string | Uint8Array> & { isTTY?: boolean };
  output: NodeJS.WritableStream;
}

/**
 * Writes one JSON value per line: the answers to the arguments, or, when there are none, to the JSON values standing one
 * per line on the input. A bad argument is a Fault; a bad line is answered by `{"fault": …}`, and the exit code is 2.
 */
export async function answerLines(
  asked: readonly JsonValue[],
  answer: (value: JsonValue) => JsonValue,
  { input, output }: Streams = { input: process.stdin, output: process.stdout },
): Promise<number> {
  const write = async (value: JsonValue) => {
    if (!output.write(`${JSON.stringify(value)}\n`)) await once(output, "drain");
  };
  if (asked.length > 0) {
    for (const value of asked) await write(answer(value));
    return 0;
  }
  if (input.isTTY === true)
    throw new Fault("bad_input", "There is nothing to answer.", {
      fix: "Give an argument, or one JSON value per line on standard input",
    });
  let exitCode = 0;
  let number = 0;
  for await (const line of linesOf(input)) {
    number++;
    if (line !== null && line.trim() === "") continue;
    try {
      if (line === null)
        throw new Fault("too_large", `The line is longer than ${MAX_LINE} characters.`, { at: `line ${number}` });
      await write(answer(parseJson(line, { name: `line ${number}` })));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      exitCode = error.exitCode;
      const { code, message: reason, at, fix } = error;
      await write({ fault: { line: number, code, reason, ...(at && { at }), ...(fix && { fix }) } });
    }
  }
  return exitCode;
}

/** Lines of the input; null for one that is too long, of which nothing is kept. */
async function* linesOf(input: AsyncIterable<string | Uint8Array>): AsyncGenerator<string | null> {
  const decoder = new TextDecoder();
  let rest = "";
  let tooLong = false;
  for await (const chunk of input) {
    const text = typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    const parts = text.split("\n");
    for (const [i, part] of parts.entries()) {
      if (!tooLong) rest += part;
      if (rest.length > MAX_LINE) {
        tooLong = true;
        rest = "";
      }
      if (i === parts.length - 1) continue;
      yield tooLong ? null : rest;
      rest = "";
      tooLong = false;
    }
  }
  if (tooLong || rest !== "") yield tooLong ? null : rest;
}
