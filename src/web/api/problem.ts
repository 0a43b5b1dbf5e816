import { ORPCError } from "@orpc/client";
import { RefusalDetail } from "../../lib/contract.ts";
import { FAULTS, type FaultCode } from "../../lib/fault.ts";

/** What a person is told when something did not work: what happened, why, where, and what to do next. */
export interface Problem {
  code: FaultCode | "offline" | "unknown";
  title: string;
  reason: string;
  at: string | null;
  fix: string | null;
}

const isFaultCode = (code: string): code is FaultCode => Object.hasOwn(FAULTS, code);

export function problemOf(error: unknown): Problem {
  if (error instanceof ORPCError && isFaultCode(error.code)) {
    const detail = RefusalDetail.safeParse(error.data).data;
    const title = FAULTS[error.code].title;
    return {
      code: error.code,
      title,
      reason: error.message === title ? "" : error.message,
      at: detail?.at ?? null,
      fix: detail?.fix ?? null,
    };
  }
  if (error instanceof TypeError || (error instanceof Error && error.name === "NetworkError"))
    return {
      code: "offline",
      title: "Cordon does not answer",
      reason: "The request did not reach the server. What was saved before is safe.",
      at: null,
      fix: "Check the connection; the page asks again by itself.",
    };
  const id = error instanceof ORPCError && typeof error.data?.requestId === "string" ? error.data.requestId : null;
  return {
    code: "unknown",
    title: "Something went wrong inside Cordon",
    reason: "This is a fault of ours. Nothing that was saved before is lost.",
    at: id,
    fix: "Try again. If it stays, tell your administrator the time of this message.",
  };
}

/** The refusal of a plain HTTP answer (uploads, better-auth), which do not come through the typed client. */
export function problemFrom(status: number, body: unknown): Problem {
  const fields = typeof body === "object" && body !== null ? body : {};
  const text = (key: string): string | null => {
    const value: unknown = Reflect.get(fields, key);
    return typeof value === "string" && value !== "" ? value : null;
  };
  const data: unknown = Reflect.get(fields, "data");
  const detail = RefusalDetail.safeParse(data).data;
  const code = text("code") ?? "";
  const fault = isFaultCode(code)
    ? code
    : (Object.keys(FAULTS)
        .filter(isFaultCode)
        .find((name) => FAULTS[name].status === status) ?? "unknown");
  const title = fault === "unknown" ? "The server refused" : FAULTS[fault].title;
  const reason = text("detail") ?? text("message") ?? "";
  return {
    code: fault,
    title,
    reason: reason === title ? "" : reason,
    at: text("at") ?? detail?.at ?? null,
    fix: text("fix") ?? detail?.fix ?? null,
  };
}
