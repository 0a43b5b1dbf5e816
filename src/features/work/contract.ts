import * as z from "zod";
import { base } from "../../lib/contract.ts";
import { Hit, Today } from "./schema.ts";

/** What needs me, and where is it. */
export const workContract = {
  today: base
    .meta({ can: "today:read" })
    .route({ method: "GET", path: "/today", summary: "What needs me" })
    .output(Today),
  search: base
    .meta({ can: "today:read" })
    .route({
      method: "GET",
      path: "/search",
      summary: "Devices, components, vulnerabilities and people by a part of their name",
    })
    .input(z.object({ text: z.string().trim().min(1).max(200) }))
    .output(z.object({ hits: z.array(Hit) })),
};
