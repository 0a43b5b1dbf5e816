import * as z from "zod";
import { base } from "../../../lib/contract.ts";
import { DeviceFda } from "./schema.ts";

/** What the FDA lists that may be about our devices: recalls, and how many reports. */
export const fdaContract = {
  ofDevice: base
    .meta({ can: "finding:read" })
    .route({ method: "GET", path: "/devices/{id}/fda", summary: "Recalls and report counts at the FDA" })
    .input(z.object({ id: z.uuid() }))
    .output(DeviceFda),
};
