import * as z from "zod";
import { Fault } from "../../../lib/fault.ts";
import type { JsonObject } from "../../../lib/json.ts";
import { csafProducts } from "../normalise/csaf-products.ts";
import { CsafTree } from "../normalise/csaf-shape.ts";
import { asVexPart, csafGroups, type Places, placesOf } from "./csaf-parts.ts";
import type { VexReading, VexStatus } from "./schema.ts";
import { clip, startTaking, type Taking } from "./take-statement.ts";

const ids = z.array(z.string()).nullish();
const about = { product_ids: ids, group_ids: ids };
const Vulnerability = z.object({
  cve: z.string().nullish(),
  ids: z.array(z.object({ text: z.string() })).nullish(),
  product_status: z.record(z.string(), ids).nullish(),
  flags: z.array(z.object({ label: z.string(), date: z.string().nullish(), ...about })).nullish(),
  threats: z
    .array(z.object({ category: z.string(), details: z.string(), date: z.string().nullish(), ...about }))
    .nullish(),
  remediations: z.array(z.object({ category: z.string(), details: z.string(), ...about })).nullish(),
});
const Document = z.object({
  document: z.object({
    csaf_version: z.string(),
    publisher: z.object({ name: z.string(), namespace: z.string().nullish() }),
    tracking: z.object({ id: z.string().nullish(), current_release_date: z.string(), version: z.string() }),
  }),
  product_tree: CsafTree.nullish(),
  vulnerabilities: z.array(z.unknown()).nullish(),
});

/** What each `product_status` says; `recommended` says nothing of the vulnerability. */
const STATUS: Readonly<Record<string, VexStatus>> = {
  known_not_affected: "not_affected",
  known_affected: "affected",
  first_affected: "affected",
  last_affected: "affected",
  fixed: "fixed",
  first_fixed: "fixed",
  under_investigation: "under_investigation",
};
/** Remedies first that mend; what cannot be done last. */
const REMEDIES = ["vendor_fix", "workaround", "mitigation", "no_fix_planned", "none_available"];

/** Reads `product_status`, flags, threats and remediations of CSAF 2.0 and 2.1. Fault `bad_input` where the document is no CSAF. */
export function readCsafVex(document: JsonObject, name: string): VexReading {
  const parsed = Document.safeParse(document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Fault("bad_input", `This CSAF document cannot be read: ${issue?.message ?? "its shape is another"}`, {
      at: `${name} /${issue?.path.join("/") ?? ""}`,
      fix: "Check it with a CSAF validator",
    });
  }
  const { csaf_version, publisher, tracking } = parsed.data.document;
  if (!/^2\.[01]$/.test(csaf_version))
    throw new Fault("bad_input", `CSAF ${clip(csaf_version)} is not known here`, {
      at: `${name} /document/csaf_version`,
      fix: "Write it as CSAF 2.0",
    });
  const taking = startTaking("csaf", csaf_version, name, {
    series: tracking.id == null ? null : `${publisher.namespace ?? ""} ${tracking.id}`,
    edition: tracking.version,
  });
  const tree = parsed.data.product_tree ?? {};
  const products = csafProducts(tree, (at, reason) => taking.refuse(at, reason));
  const places = placesOf(tree, products, document);
  const said = { author: publisher.name, issuedAt: tracking.current_release_date, version: tracking.version };
  const groups = csafGroups(document);
  for (const [i, value] of (parsed.data.vulnerabilities ?? []).entries()) {
    const vulnerability = Vulnerability.safeParse(value);
    const at = `/vulnerabilities/${i}`;
    if (vulnerability.success) readVulnerability(taking, vulnerability.data, at, places, groups, said);
    else taking.refuse(at, `The vulnerability cannot be read: ${vulnerability.error.issues[0]?.message ?? ""}`);
  }
  return taking.reading();
}

/** What a flag, a threat or a remediation is about. */
interface Covering {
  product_ids?: string[] | null | undefined;
  group_ids?: string[] | null | undefined;
}

function readVulnerability(
  taking: Taking,
  { cve, ids: others, product_status, flags, threats, remediations }: z.infer<typeof Vulnerability>,
  at: string,
  places: Places,
  groups: ReadonlyMap<string, readonly string[]>,
  said: { author: string; issuedAt: string; version: string },
): void {
  const covered = new Map<Covering, ReadonlySet<string>>(
    [...(flags ?? []), ...(threats ?? []), ...(remediations ?? [])].map((item) => [
      item,
      new Set([...(item.product_ids ?? []), ...(item.group_ids ?? []).flatMap((group) => groups.get(group) ?? [])]),
    ]),
  );
  const covers = (id: string) => (item: Covering) => covered.get(item)?.has(id) === true;
  for (const [key, listed] of Object.entries(product_status ?? {})) {
    const status = Object.hasOwn(STATUS, key) ? STATUS[key] : undefined;
    if (status === undefined && key !== "recommended")
      taking.refuse(`${at}/product_status/${key}`, "The status is not known");
    if (status === undefined) continue;
    for (const [i, id] of (listed ?? []).entries()) {
      const place = `${at}/product_status/${key}/${i}`;
      const found = places(id);
      if (found === null) {
        taking.refuse(place, `The product tree has no product "${clip(id)}"`);
        continue;
      }
      const flag = flags?.find(covers(id));
      const impact = threats?.find((threat) => threat.category === "impact" && covers(id)(threat))?.details ?? null;
      const remedies = (remediations ?? [])
        .filter(covers(id))
        .sort((a, b) => REMEDIES.indexOf(a.category) - REMEDIES.indexOf(b.category));
      taking.take({
        at: place,
        vulnerabilities: [cve ?? null, ...(others ?? []).map(({ text }) => text)],
        products: [asVexPart(found.product)],
        subcomponents: found.component === null ? [] : [asVexPart(found.component)],
        status,
        justification: status === "not_affected" ? (flag?.label ?? null) : null,
        impact: status === "not_affected" ? impact : null,
        action: status === "affected" ? (remedies[0]?.details ?? null) : null,
        note: status === "fixed" || status === "under_investigation" ? impact : null,
        ...said,
      });
    }
  }
}
