/** Every refusal Cordon makes, once: what it means over HTTP (RFC 9457), for a shell (exit code) and for a person (title). */
export const FAULTS = {
  bad_input: { status: 400, exitCode: 2, title: "The input cannot be read" },
  bad_configuration: { status: 500, exitCode: 2, title: "The configuration is wrong" },
  not_signed_in: { status: 401, exitCode: 2, title: "Sign in first" },
  not_allowed: { status: 403, exitCode: 2, title: "Your role does not allow this" },
  not_found: { status: 404, exitCode: 2, title: "There is no such thing here" },
  conflict: { status: 409, exitCode: 2, title: "Someone changed this meanwhile" },
  too_large: { status: 413, exitCode: 2, title: "The input is larger than the limit" },
  too_many: { status: 429, exitCode: 2, title: "Too many tries; wait and try again" },
  tampered: { status: 422, exitCode: 1, title: "The record does not verify" },
  gate_failed: { status: 422, exitCode: 1, title: "The gate is closed" },
  unavailable: { status: 503, exitCode: 2, title: "A part this needs is not there now" },
} as const;

export type FaultCode = keyof typeof FAULTS;

/** `at` names the place (file, line:column, JSON pointer, field); `fix` says what to do next. */
export interface FaultDetail {
  at?: string;
  fix?: string;
  cause?: unknown;
}

/** An expected refusal. Anything else that is thrown is a bug. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly at: string | undefined;
  readonly fix: string | undefined;

  constructor(code: FaultCode, reason: string, detail: FaultDetail = {}) {
    super(reason, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = "Fault";
    this.code = code;
    this.at = detail.at;
    this.fix = detail.fix;
  }

  get status(): number {
    return FAULTS[this.code].status;
  }

  get exitCode(): number {
    return FAULTS[this.code].exitCode;
  }

  get title(): string {
    return FAULTS[this.code].title;
  }
}
