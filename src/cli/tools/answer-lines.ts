import { once } from "node:events";
import { Fault } from "../../lib/fault.ts";
import { type JsonValue, parseJson } from "../../lib/json.ts";

/** Of one line on standard input, in characters. */
const MAX_LINE = 1024 * 1024;
const SHOWN = 80;

/** What a tool takes and says. */
export interface Tool {
  answer: (value: JsonValue) => JsonValue;
  /** A value as it stands on a line of the input, for whoever wrote something else. */
  example: string;
}

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
  { answer, example }: Tool,
  { input, output }: Streams = { input: process.stdin, output: process.stdout },
): Promise<number> {
  const write = async (text: string) => {
    if (!output.write(text)) await once(output, "drain");
  };
  if (asked.length > 0) {
    for (const value of asked) await write(lineOf(answer(value)));
    return 0;
  }
  if (input.isTTY === true)
    throw new Fault("bad_input", "There is nothing to answer.", {
      fix: `Give an argument, or one JSON value per line on standard input: ${example}`,
    });
  let exitCode = 0;
  let number = 0;
  for await (const lines of linesOf(input)) {
    let answers = "";
    for (const line of lines) {
      number++;
      if (line?.trim() === "") continue;
      try {
        answers += lineOf(answer(readValue(line, `line ${number}`, example)));
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        exitCode = error.exitCode;
        const { code, message: reason, at, fix } = error;
        answers += lineOf({ fault: { line: number, code, reason, ...(at && { at }), ...(fix && { fix }) } });
      }
    }
    await write(answers);
  }
  return exitCode;
}

const lineOf = (value: JsonValue) => `${JSON.stringify(value)}\n`;

/** The JSON value of a line or an argument, which `at` names; null is a line beyond the limit. Fault `bad_input` or `too_large`. */
export function readValue(text: string | null, at: string, example: string): JsonValue {
  if (text === null)
    throw new Fault("too_large", `The line is longer than ${MAX_LINE} characters.`, {
      at,
      fix: "Give one JSON value per line",
    });
  try {
    return parseJson(text, { name: at });
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.code !== "bad_input") throw fault;
    const written = text.trim();
    const where = fault.at?.replace(/:1:(\d+)/, ", column $1") ?? at;
    if (/^[[{"]/.test(written))
      throw new Fault("bad_input", fault.message, { at: where, fix: `Write one JSON value: ${example}`, cause: fault });
    const quoted = JSON.stringify(written.length > SHOWN ? `${written.slice(0, SHOWN)}…` : written);
    throw new Fault("bad_input", "This is no JSON value: a text stands in quotation marks.", {
      at,
      fix: `Write ${example.startsWith('"') ? quoted : example}`,
      cause: fault,
    });
  }
}

/** The lines that each piece of the input ends; null for one that is too long, of which nothing is kept. */
async function* linesOf(input: AsyncIterable<string | Uint8Array>): AsyncGenerator<(string | null)[]> {
  const decoder = new TextDecoder();
  let rest = "";
  let tooLong = false;
  for await (const chunk of input) {
    const text = typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    const lines: (string | null)[] = [];
    const parts = text.split("\n");
    for (const [i, part] of parts.entries()) {
      if (!tooLong) rest += part;
      if (rest.length > MAX_LINE) {
        tooLong = true;
        rest = "";
      }
      if (i === parts.length - 1) continue;
      lines.push(tooLong ? null : rest);
      rest = "";
      tooLong = false;
    }
    yield lines;
  }
  if (tooLong || rest !== "") yield [tooLong ? null : rest];
}
