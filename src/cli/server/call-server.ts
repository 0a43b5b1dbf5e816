import * as z from "zod";
import { FAULTS, Fault, type FaultCode } from "../../lib/fault.ts";

const Problem = z.object({
  code: z.string(),
  detail: z.string(),
  at: z.string().optional(),
  fix: z.string().optional(),
});

/** Asks a Cordon server with an API key. Its refusals come back as the Faults they are; silence is `unavailable`. */
export async function callServer(
  { url, key }: { url: string; key: string },
  path: string,
  request: { method: "GET" | "POST"; body?: Blob | FormData; headers?: Record<string, string> },
): Promise<unknown> {
  const headers = { ...request.headers, authorization: `Bearer ${key}` };
  const answer = await fetch(`${url}/api${path}`, { ...request, headers, redirect: "error" }).catch((cause) => {
    throw new Fault("unavailable", "The server does not answer", { at: url, fix: "Check the address", cause });
  });
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok && body !== null) return body;
  const problem = Problem.safeParse(body);
  if (!problem.success)
    throw new Fault("unavailable", `The address answered ${answer.status}`, { at: url, fix: "Is it a Cordon server?" });
  const { code, detail, at, fix } = problem.data;
  throw new Fault(isCode(code) ? code : "unavailable", detail, {
    ...(at === undefined ? {} : { at }),
    ...(fix === undefined ? {} : { fix }),
  });
}

const isCode = (code: string): code is FaultCode => Object.hasOwn(FAULTS, code);

/** The server to ask, or Fault `bad_input` that says what is missing. */
export function serverOf(server: string | null, key: string | null): { url: string; key: string } {
  const url = server === null ? null : URL.parse(server);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new Fault("bad_input", "Which server?", { at: "--server", fix: "Give its address, or set CORDON_URL" });
  if (key === null || key === "")
    throw new Fault("bad_input", "The server asks for an API key", {
      at: "--key",
      fix: "Make one under People, Keys, and set CORDON_API_KEY",
    });
  return { url: url.href.replace(/\/$/, ""), key };
}
