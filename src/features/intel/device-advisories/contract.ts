import * as z from "zod";
import { base } from "../../../lib/contract.ts";
import { PageInput, pageOf } from "../../../lib/page.ts";
import { DevicePair, PairVerdict } from "./schema.ts";

/** Advisories that name devices in words. Each match is proposed; a person says once whether the words mean the device. */
export const deviceAdvisoriesContract = {
  list: base
    .meta({ can: "finding:read" })
    .route({
      method: "GET",
      path: "/device-advisories",
      summary: "Devices that advisories may mean, the likeliest first",
    })
    .input(
      PageInput.extend({
        state: z.enum(["proposed", "confirmed", "rejected"]).default("proposed"),
        deviceId: z.uuid().optional(),
      }),
    )
    .output(pageOf(DevicePair)),
  /** Remembered for every later advisory with the same words. Null takes the word back. */
  decide: base
    .meta({ can: "finding:decide" })
    .route({
      method: "POST",
      path: "/device-advisories/{id}/verdict",
      summary: "Say whether an advisory's words mean this device",
    })
    .input(z.object({ id: z.uuid(), revision: z.number().int(), verdict: PairVerdict.nullable() }))
    .output(DevicePair),
};
