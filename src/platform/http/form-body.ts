import type { FastifyRequest } from "fastify";
import { Fault } from "../../lib/fault.ts";

/** Reads forms, a few at a time, so that bodies together stay within `atOnce` times `mostBytes`. */
export function formReader({ mostBytes, atOnce }: { mostBytes: number; atOnce: number }) {
  let reading = 0;
  /** Fault `too_large`, `unavailable` when others are being read, `bad_input` when it is no form or broke off. */
  return async (request: FastifyRequest): Promise<FormData> => {
    const declared = Number(request.headers["content-length"] ?? Number.NaN);
    if (declared > mostBytes) throw tooLarge(mostBytes);
    if (reading >= atOnce)
      throw new Fault("unavailable", "Several forms come in at once", { fix: "Send it again in a minute" });
    reading += 1;
    try {
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of request.raw as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > mostBytes) throw tooLarge(mostBytes);
        chunks.push(chunk);
      }
      const headers = { "content-type": request.headers["content-type"] ?? "" };
      return await new Response(Buffer.concat(chunks, size), { headers }).formData();
    } catch (error) {
      if (error instanceof Fault) throw error;
      throw new Fault("bad_input", "This is no form, or it broke off", { fix: "Send it again", cause: error });
    } finally {
      reading -= 1;
    }
  };
}

const tooLarge = (mostBytes: number) =>
  new Fault("too_large", `The form is larger than ${Math.floor(mostBytes / 1024 / 1024)} MB`, {
    fix: "Send fewer or smaller files",
  });
