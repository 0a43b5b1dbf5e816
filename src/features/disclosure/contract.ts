import * as z from "zod";
import { base } from "../../lib/contract.ts";
import { PageInput, pageOf } from "../../lib/page.ts";
import { CaseChange, CaseDetail, CaseFilter, CaseRow, Intake, IntakeSettings, MessageText } from "./schema.ts";

const id = z.object({ id: z.uuid() });
const reads = base.meta({ can: "report:read" });
const handles = base.meta({ can: "report:handle" });

/**
 * Vulnerabilities that outsiders reported, each a case. A report comes in by the public form, or with its files as multipart form data:
 * `POST /api/disclosure/reports` (`report:open`), which is how a mail server hands on what was mailed.
 */
export const disclosureContract = {
  list: reads
    .route({ method: "GET", path: "/disclosure/cases", summary: "Reports from outside, newest first" })
    .input(PageInput.extend(CaseFilter.shape))
    .output(pageOf(CaseRow)),
  get: reads
    .route({ method: "GET", path: "/disclosure/cases/{id}", summary: "One report: what was found, said and decided" })
    .input(id)
    .output(CaseDetail),
  change: handles
    .route({ method: "PATCH", path: "/disclosure/cases/{id}", summary: "Move a case on, or say what it is about" })
    .input(id.extend(CaseChange.shape))
    .output(CaseDetail),
  say: handles
    .route({
      method: "POST",
      path: "/disclosure/cases/{id}/messages",
      summary: "Write to the reporter, or a note for ourselves",
    })
    .input(id.extend({ text: MessageText, internal: z.boolean().default(false) }))
    .output(CaseDetail),
  newLink: handles
    .route({
      method: "POST",
      path: "/disclosure/cases/{id}/link",
      summary: "Make the reporter a new link; the old one stops working",
    })
    .input(id)
    .output(z.object({ link: z.string() })),
  intake: reads
    .route({ method: "GET", path: "/disclosure/intake", summary: "How outsiders can report here" })
    .output(Intake),
  changeIntake: base
    .meta({ can: "organization:manage" })
    .route({ method: "PUT", path: "/disclosure/intake", summary: "Open or close the intake, and say what it shows" })
    .input(IntakeSettings.extend({ revision: z.number().int() }))
    .output(Intake),
};
