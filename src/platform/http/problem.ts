import { ORPCError } from "@orpc/client";
import { ValidationError } from "@orpc/contract";
import { FAULTS, Fault, type FaultCode } from "../../lib/fault.ts";

/**
 * RFC 9457. The members from `defined` on are those of oRPC's error, kept so that its typed client can read the problem.
 * `at`: field, JSON pointer or line; `fix`: what to do next.
 */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  requestId: string;
  at?: string;
  fix?: string;
  defined: boolean;
  code: string;
  message: string;
  data?: { at?: string; fix?: string };
}

export const PROBLEM_TYPE = "application/problem+json";

export const problemOf = (fault: Fault, requestId: string, defined = false): Problem => {
  const place = placeOf(fault);
  const { code, status, title, message } = fault;
  const type = `urn:cordon:problem:${code}`;
  return { type, title, status, detail: message, requestId, ...place, defined, code, message, data: place };
};

/** What is nobody's business outside: the log has the cause under the same request id. */
export const internalProblem = (requestId: string): Problem => {
  const detail = "Something went wrong here. The log has it under this request id.";
  const type = "urn:cordon:problem:internal";
  const code = "INTERNAL_SERVER_ERROR";
  return { type, title: "Internal error", status: 500, detail, requestId, defined: false, code, message: detail };
};

const placeOf = ({ at, fix }: { at?: string | undefined; fix?: string | undefined }) => ({
  ...(at === undefined ? {} : { at }),
  ...(fix === undefined ? {} : { fix }),
});

export const toOrpcError = (fault: Fault) =>
  new ORPCError(fault.code, { status: fault.status, message: fault.message, data: placeOf(fault), cause: fault });

/** The refusal behind any error, or null when it is a bug. */
export function faultBehind(error: unknown): Fault | null {
  if (error instanceof Fault) return error;
  if (error instanceof ORPCError) return faultBehindOrpc(error);
  if (error instanceof Error && "code" in error && "statusCode" in error && String(error.code).startsWith("FST_"))
    return faultOfStatus(Number(error.statusCode), error.message);
  return null;
}

function faultBehindOrpc(error: ORPCError<string, unknown>): Fault | null {
  if (error.cause instanceof Fault) return error.cause;
  if (error.code === "BAD_REQUEST" && error.cause instanceof ValidationError) return inputFault(error.cause.issues);
  if (isFaultCode(error.code)) return new Fault(error.code, error.message, readPlace(error.data));
  return error.status < 500 ? faultOfStatus(error.status, error.message) : null;
}

const readPlace = (data: unknown): { at?: string; fix?: string } => {
  if (typeof data !== "object" || data === null) return {};
  const [at, fix] = ["at" in data ? data.at : undefined, "fix" in data ? data.fix : undefined];
  return { ...(typeof at === "string" ? { at } : {}), ...(typeof fix === "string" ? { fix } : {}) };
};

type Issue = ValidationError["issues"][number];

/** Names the first field that is wrong, as a JSON pointer, and says how many more are. */
function inputFault(issues: readonly Issue[]): Fault {
  const [first] = issues;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return new Fault("bad_input", `${first?.message ?? "The input has another form"}${more}`, {
    at: pointer(first?.path ?? []),
  });
}

export const pointer = (path: NonNullable<Issue["path"]>): string =>
  path
    .map((part) =>
      String(typeof part === "object" ? part.key : part)
        .replaceAll("~", "~0")
        .replaceAll("/", "~1"),
    )
    .map((part) => `/${part}`)
    .join("") || "/";

/** Fastify's and oRPC's own refusals: no route, a body that is no JSON or too large, a content type nobody reads. */
function faultOfStatus(status: number, message: string): Fault | null {
  if (status >= 500 || status < 400) return null;
  const code = (Object.keys(FAULTS) as FaultCode[]).find((candidate) => FAULTS[candidate].status === status);
  return new Fault(code ?? "bad_input", message);
}

const isFaultCode = (code: string): code is FaultCode => Object.hasOwn(FAULTS, code);
