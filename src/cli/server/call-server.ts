import * as z from "zod";
import { FAULTS, Fault, type FaultCode } from "../../lib/fault.ts";

const Problem = z.object({
  code: z.string(),
  detail: z.string(),
  at: z.string().optional(),
  fix: z.string().optional(),
});

/**
 * Asks a Cordon server with an API key. Its refusals come back as the Faults they are; silence, and an answer of another shape, is
 * `unavailable`. The key is never sent on to where an address leads.
 */
export async function callServer<T>(
  { url, key }: { url: string; key: string },
  path: string,
  shape: z.ZodType<T>,
  request: { method: "GET" | "POST"; body?: Blob | FormData; headers?: Record<string, string> },
): Promise<T> {
  const headers = { ...request.headers, authorization: `Bearer ${key}` };
  const answer = await fetch(`${url}/api${path}`, { ...request, headers, redirect: "manual" }).catch((cause) => {
    throw new Fault("unavailable", "The server does not answer", { at: url, fix: "Check the address", cause });
  });
  const elsewhere = answer.headers.get("location");
  if (answer.status >= 300 && answer.status < 400 && elsewhere !== null) throw movedTo(elsewhere, url, path);
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok && body !== null) {
    const parsed = shape.safeParse(body);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new Fault("unavailable", `The answer cannot be read: /${issue?.path.join("/")}: ${issue?.message}`, {
      at: url,
      fix: "Use the command of the server's version",
    });
  }
  const problem = Problem.safeParse(body);
  if (!problem.success)
    throw new Fault("unavailable", `The address answered ${answer.status}`, { at: url, fix: "Is it a Cordon server?" });
  const { code, detail, at, fix } = problem.data;
  throw new Fault(isCode(code) ? code : "unavailable", detail, {
    at: at ?? url,
    ...(fix === undefined ? {} : { fix }),
  });
}

/** Usually http where the server wants https. */
function movedTo(elsewhere: string, url: string, path: string): Fault {
  const there = URL.parse(elsewhere, `${url}/`)?.href ?? elsewhere;
  const end = `/api${path}`;
  const address = there.endsWith(end) ? there.slice(0, -end.length) : there;
  return new Fault("unavailable", "The address leads elsewhere", { at: url, fix: `Give ${address} if you trust it` });
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
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new Fault("bad_input", "The API key has a blank or a character that no key has", {
      at: "--key",
      fix: "Copy it whole, as it was shown",
    });
  return { url: url.href.replace(/\/$/, ""), key };
}
