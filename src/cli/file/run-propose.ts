import Table from "cli-table3";
import { proposeThreats } from "../../features/security-file/propose/propose.ts";
import { readThreatRules } from "../../features/security-file/propose/read-rules.ts";
import { reasonsOf } from "../../features/security-file/propose/reasons.ts";
import type { LookAgain, Proposal, Proposals } from "../../features/security-file/propose/schema.ts";
import { worstHarmIn } from "../../features/security-file/propose/worst-harm.ts";
import { catalogueTexts } from "../../platform/catalogue-texts.ts";
import { writeOut } from "../output.ts";
import { plain } from "../run-action.ts";
import { styleFor } from "../style.ts";
import { readPath } from "./read-path.ts";

export interface ProposeRequest {
  path: string;
  release: string | null;
  format: "table" | "json";
}

/** Prints the threats that the rules see in a security file and nobody has answered. Exit code 0. */
export async function runPropose({ path, release, format }: ProposeRequest): Promise<number> {
  const { file, at } = await readPath(path, release);
  const found = proposeThreats(file, readThreatRules(catalogueTexts("threats")), worstHarmIn(file));
  writeOut(format === "json" ? `${JSON.stringify({ path: at, ...found }, null, 2)}\n` : `${asText(found)}\n`);
  return 0;
}

function asText({ proposals, lookAgain, answered }: Proposals): string {
  const open = `${proposals.length} proposed, ${answered} answered, ${lookAgain.length} to look at again`;
  return [
    ...(proposals.length === 0 ? [] : [table(proposals)]),
    ...lookAgain.map((one) => `Look again at ${plain(one.threat)} (${one.state}): ${plain(changeOf(one))}`),
    open,
  ].join("\n");
}

function table(proposals: readonly Proposal[]): string {
  const style = styleFor(process.stdout);
  const rows = new Table({
    head: ["Where", "Threat", "Because", "Harm"],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
    colWidths: [24, 60, 60, 14],
  });
  for (const { group, name, category, because, harm } of proposals)
    rows.push([
      plain(group?.name ?? "the whole system"),
      `${plain(name)}\n${style.quiet(category)}`,
      plain(reasonsOf(because).join("; ")),
      harm ?? "",
    ]);
  return rows.toString();
}

/** What changed since an answer, in words. */
function changeOf({ applies, since, gone }: LookAgain): string {
  const said = [
    ...(applies ? [] : ["its rule does not apply any more"]),
    ...since.map(({ says }) => `now ${says}`),
    ...gone.map((fact) => `no longer “${fact}”`),
  ];
  return said.join("; ");
}
