import { PATH_FIELDS } from "../../design/schema.ts";
import type { Item } from "../../schema.ts";
import { type ContentRule, of } from "./rule.ts";

const YES_NO = ["mutual", "antiReplay", "encrypted", "integrityProtected"] as const;
const PLAIN = ["protocol", "protocolVersion", "port"] as const;
const MACHINES = [...PLAIN, ...YES_NO, ...PATH_FIELDS] as const;
const PEOPLE = ["roles", ...MACHINES] as const;

/** What FDA asks of each communication path (App. 2.B). */
export const pathRules: ContentRule[] = [
  {
    id: "APP-2B",
    title: "Each communication path says what the guidance asks of it",
    section: "FDA premarket App. 2.B",
    fix: "State the fields, or give the reason why one does not apply in path.notApplicable",
    *find({ model }) {
      for (const flow of model.file.flows) {
        if (!flow.inScope) continue;
        const fields = [flow.from, flow.to].some((id) => model.element(id)?.kind === "user") ? PEOPLE : MACHINES;
        const missing = missingFields(flow, fields);
        if (missing.length > 0)
          yield {
            at: of("flows", flow),
            field: `path.${missing[0]}`,
            message: `“${flow.name}” states ${fields.length - missing.length} of ${fields.length} fields; missing: ${missing.join(", ")}`,
          };
        if (flow.path.proprietaryCryptography && flow.path.expertAnalysis === null)
          yield {
            at: of("flows", flow),
            field: "path.expertAnalysis",
            message: `“${flow.name}” uses a cryptography of one's own without an expert's analysis`,
            fix: "Use a standard one, or add the analysis as evidence",
          };
      }
    },
  },
];

/** Fields of App. 2.B that a flow neither states nor excuses. */
function missingFields({ path }: Item<"flows">, fields: readonly (typeof PEOPLE)[number][]): string[] {
  const excused = new Set<string>(path.notApplicable.map(({ field }) => field));
  return fields.filter((field) => {
    const value = path[field];
    return (value === "" || value === null || (Array.isArray(value) && value.length === 0)) && !excused.has(field);
  });
}
