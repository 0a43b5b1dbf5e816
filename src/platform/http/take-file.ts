import type { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import * as z from "zod";
import { Fault } from "../../lib/fault.ts";

/** What may be taken: `what` names it in refusals ("SBOM"). */
export interface FileLimits {
  what: string;
  maxBytes: number;
  fix: string;
}

/** Lets the routes of this scope read the request as it comes, whatever its type says. */
export function takeAnyType(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
}

/** The id in the address. Fault `bad_input`. */
export function idIn(params: unknown): string {
  const parsed = z.object({ id: z.uuid() }).safeParse(params);
  if (!parsed.success) throw new Fault("bad_input", "The id in the address is none", { at: "id" });
  return parsed.data.id;
}

/** A header's percent-decoded text, without surrounding blanks; empty where it is none. */
export function textIn(header: string | string[] | undefined): string {
  const text = Array.isArray(header) ? (header[0] ?? "") : (header ?? "");
  try {
    return decodeURIComponent(text).trim();
  } catch {
    return "";
  }
}

/** The last part of the file name in a header; `otherwise` where there is none. */
export const fileNameIn = (header: string | string[] | undefined, otherwise: string): string =>
  textIn(header).split(/[\\/]/).at(-1)?.slice(0, 200) || otherwise;

/** Reads a body into memory up to the limit, and all of them together up to the budget. Fault `too_large`, `unavailable`. */
export async function takeBody(
  body: Readable,
  declared: number,
  budget: { left: number },
  { what, maxBytes, fix }: FileLimits,
) {
  const tooLarge = () =>
    new Fault("too_large", `The ${what} is larger than ${maxBytes / 1024 / 1024} MiB`, { at: "body", fix });
  if (declared > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  const free = () => {
    budget.left += size;
    size = 0;
  };
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (size + chunk.length > maxBytes) throw tooLarge();
      if (chunk.length > budget.left)
        throw new Fault("unavailable", `Too many large ${what}s come in at once`, {
          at: "body",
          fix: "Send it again in a minute",
        });
      budget.left -= chunk.length;
      size += chunk.length;
      chunks.push(chunk);
    }
  } catch (error) {
    free();
    if (error instanceof Fault) throw error;
    throw new Fault("bad_input", "The upload broke off", { at: "body", fix: "Send it again", cause: error });
  }
  if (declared >= 0 && size !== declared) {
    free();
    throw new Fault("bad_input", "The upload broke off", { at: "body", fix: "Send it again" });
  }
  return { all: Buffer.concat(chunks, size), free };
}
