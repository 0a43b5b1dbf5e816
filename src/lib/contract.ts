import { oc } from "@orpc/contract";
import * as z from "zod";
import { FAULTS, type FaultCode } from "./fault.ts";

/** What every endpoint declares: the action a caller must be allowed to do, or `public`. Without it the endpoint answers nobody. */
export interface EndpointMeta {
  can?: string;
}

/** What a refusal carries besides its sentence: the place (field, JSON pointer, line) and what to do next. */
export const RefusalDetail = z.object({ at: z.string().optional(), fix: z.string().optional() }).optional();
export type RefusalDetail = z.infer<typeof RefusalDetail>;

const refusal = <C extends FaultCode>(code: C) => ({
  status: FAULTS[code].status,
  message: FAULTS[code].title,
  data: RefusalDetail,
});

/** The refusals that any endpoint may answer with; their codes are those of `Fault`. */
const refusals = {
  bad_input: refusal("bad_input"),
  not_signed_in: refusal("not_signed_in"),
  not_allowed: refusal("not_allowed"),
  not_found: refusal("not_found"),
  conflict: refusal("conflict"),
  too_large: refusal("too_large"),
  too_many: refusal("too_many"),
  tampered: refusal("tampered"),
  gate_failed: refusal("gate_failed"),
  unavailable: refusal("unavailable"),
};

/** Every contract starts here: `base.meta({ can: "device:read" }).route({…})`. */
export const base = oc.$meta<EndpointMeta>({}).errors(refusals);
