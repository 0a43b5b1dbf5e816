import { mitigationsIn } from "../mitigation-text.ts";
import type { Draft } from "../reading/draft.ts";
import { describe, remarkLine } from "../reading/remarks.ts";
import type { Source } from "../reading/source.ts";
import { categoryOf } from "../words.ts";
import { THREAT_KEPT, TITLE } from "./fields.ts";

/** The threats of one cell. Files carry them in `data.threats`; the schema lists them beside `data`: both are read. */
export function readThreats(draft: Draft, sources: readonly Source[], target: string | null): void {
  for (const source of sources) {
    const status = statusOf(source);
    const { mitigations, rest } = mitigationsIn(
      source.text("mitigation"),
      status === "Mitigated" ? "implemented" : "planned",
    );
    const type = source.line(300, "type");
    const category = categoryOf(type);
    const remarks = source.keep(TITLE, THREAT_KEPT);
    if (category === null && type !== "") {
      source.lose(
        "type",
        type,
        "It is no category of a security file",
        "kept-as-text",
        "A line of the description says it",
      );
      remarks.push(remarkLine(TITLE, "type", type));
    }
    const description = source.text("description");
    if (rest !== "")
      source.lose("mitigation", rest, "It is too long for a mitigation", "changed", "It follows the description");
    draft.add("threats", source, {
      ref: source.text("id", "threatId"),
      name: source.line(300, "title") || "A threat without a title",
      description: describe([description, rest].filter((one) => one !== "").join("\n\n"), remarks),
      category: category ?? "other",
      targets: target === null ? [] : [target],
      state: status === "NotApplicable" ? "rejected" : "accepted",
      reason: status === "NotApplicable" ? "Marked as not applicable in Threat Dragon" : "",
      mitigations: mitigations as never,
    });
    source.pass("new");
    source.close();
  }
}

function statusOf(source: Source): "Open" | "Mitigated" | "NotApplicable" {
  const given = source.line(100, "status");
  const plain = given.toLowerCase().replace(/[^a-z]/g, "");
  if (plain === "open" || plain === "") return "Open";
  if (plain === "mitigated") return "Mitigated";
  if (plain === "notapplicable" || plain === "na") return "NotApplicable";
  source.lose("status", given, "It is no status that Threat Dragon knows", "changed", "It counts as open");
  return "Open";
}
