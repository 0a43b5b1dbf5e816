import { mitigationsIn } from "../mitigation-text.ts";
import type { Draft } from "../reading/draft.ts";
import { idLike } from "../reading/new-ids.ts";
import { clip, oneLine, plainText } from "../reading/plain-text.ts";
import { describe, remarkLine } from "../reading/remarks.ts";
import type { Source } from "../reading/source.ts";
import { categoryOf } from "../words.ts";
import { CATEGORY_KEPT, TITLE } from "./fields.ts";

/** Requirements, abuse cases, and the risks that people identified. Threagile's own rules are run again, by Threagile. */
export function readThreats(draft: Draft, model: Source): void {
  for (const [title, text] of textsOf(model, "security_requirements"))
    draft.add("requirements", model, { ref: "", wanted: idLike(title), name: named(title), description: text });
  for (const [title, text] of textsOf(model, "abuse_cases"))
    draft.add("threats", model, {
      ref: "",
      wanted: idLike(title),
      name: named(title),
      description: describe(text, [remarkLine(TITLE, "abuse_case", true)]),
      category: "other",
    });
  for (const [title, source] of model.named("individual_risk_categories", "risk category"))
    readCategory(draft, title, source);
  const tracking = model.one("risk_tracking", "risk tracking");
  for (const key of tracking?.keys() ?? []) {
    tracking?.lose(
      key,
      tracking.take(key),
      "It follows a risk that Threagile's own rules find",
      "dropped",
      "Propose threats by rule, and decide on them",
    );
  }
}

function readCategory(draft: Draft, title: string, source: Source): void {
  source.take("name");
  const { mitigations, rest } = mitigationsIn(source.text("mitigation"), "planned");
  const stride = source.line(100, "stride");
  const remarks = source.keep(TITLE, CATEGORY_KEPT);
  const targets: string[] = [];
  for (const [name, risk] of source.named("risks_identified", "identified risk")) {
    risk.take("name");
    targets.push(...targetsOf(draft, risk));
    risk.drop("It is made of a likelihood", "severity");
    risk.drop(
      "A likelihood has no place: exploitability is rated, never probability",
      "exploitation_likelihood",
      "data_breach_probability",
      "data_loss_probability",
    );
    risk.drop(
      "It rates what it does to an organisation: a harm to a patient is stated on its own",
      "exploitation_impact",
    );
    risk.pass("data_breach_technical_assets", "data_loss_technical_assets");
    risk.close();
    risk.lose(
      null,
      name,
      "A threat stands once, with all that it strikes",
      "changed",
      "Its targets are those of the threat",
    );
  }
  source.drop("It is about likelihood and severity", "risk_assessment");
  draft.add("threats", source, {
    ref: source.text("id"),
    name: named(title),
    description: describe([source.text("description"), rest].filter((one) => one !== "").join("\n\n"), remarks),
    category: categoryOf(stride) ?? "other",
    targets: [...new Set(targets)],
    mitigations: mitigations as never,
  });
  source.close();
}

function targetsOf(draft: Draft, risk: Source): string[] {
  const fields = [
    ["most_relevant_technical_asset", "elements"],
    ["most_relevant_communication_link", "flows"],
    ["most_relevant_trust_boundary", "zones"],
    ["most_relevant_data_asset", "assets"],
    ["most_relevant_shared_runtime", "runtimes"],
  ] as const;
  return fields.flatMap(([field, space]) => draft.link(risk, field, risk.text(field), space) ?? []);
}

const named = (title: string) => clip(oneLine(plainText(title)), 300) || "A title without words";

/** A map of titles to texts. */
function textsOf(model: Source, key: string): [string, string][] {
  const map = model.one(key, key);
  return (map?.keys() ?? []).map((title) => [title, map?.text(title) ?? ""]);
}
