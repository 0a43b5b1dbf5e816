import type { Assessment, Finding } from "../../features/intel/assess/schema.ts";
import { escapeHtml } from "../../lib/html.ts";
import { ageInWords } from "../age.ts";
import { plain } from "../run-action.ts";
import { PAGE_STYLE } from "./html-style.ts";
import {
  ageSentence,
  count,
  differenceSentence,
  headSentence,
  nextSentence,
  partsByWorst,
  SCOPE_WORD,
} from "./sentences.ts";
import { becauseSentence, unusedSentence, vexSentence } from "./settled.ts";
import { supportSentence, supportSummary } from "./support.ts";

/** One page that needs nothing else: no script, no font, no network. Reads in light and dark, and on paper. */
export function toHtml(assessment: Assessment): string {
  const { subject, assessedAt, findings } = assessment;
  const name = `${subject.name} ${subject.version ?? ""}`.trim();
  const age = ageSentence(assessment);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(name)}: assessment of ${assessedAt.slice(0, 10)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<header>
<p class="quiet">Cordon assessment, ${text(assessedAt.slice(0, 16).replace("T", " "))} UTC</p>
<h1>${text(name)}</h1>
<p class="lead">${text(headSentence(assessment).slice(name.length + 2))}</p>
${tiles(assessment)}
<p class="${age.old ? "warn" : "quiet"}">${age.old ? "<b>Old data.</b> " : ""}${text(age.text)}</p>
<p class="next">${text(nextSentence(assessment))}</p>
</header>
${findings.length === 0 ? "" : `<section><h2>Parts with findings</h2>${partsTable(findings)}</section>`}
${findings.length === 0 ? "" : `<section><h2>Findings, worst first</h2>${findingsTable(findings)}</section>`}
${settledSection(assessment)}
${supportSection(assessment)}
${unmatchedSection(assessment)}
${problemsSection(assessment)}
${feedsSection(assessment)}
</main>
</body>
</html>
`;
}

/** Everything an SBOM or a feed wrote goes through here. */
const text = (value: string) => escapeHtml(plain(value));

function tiles({ findings, components, unmatched }: Assessment): string {
  const rated = (rating: string) => findings.filter(({ severity }) => severity.rating === rating).length;
  const exploited = findings.filter((finding) => finding.exploited !== null).length;
  const tile = (kind: string, number: number, word: string) =>
    `<li class="${number === 0 ? "zero" : kind}"><b>${number.toLocaleString("en")}</b> ${word}</li>`;
  return `<ul class="tiles">${[
    tile("exploited", exploited, "▲ exploited"),
    tile("critical", rated("critical"), "critical"),
    tile("high", rated("high"), "high"),
    tile("medium", rated("medium"), "medium"),
    tile("low", findings.length - rated("critical") - rated("high") - rated("medium"), "other"),
    tile("plain", unmatched.length, "not decided"),
    tile("plain", components, "components"),
  ].join("")}</ul>`;
}

function partsTable(findings: readonly Finding[]): string {
  const rows = partsByWorst(findings).map(
    ({ part, total, exploited, critical, high, fix }) =>
      `<tr><td>${text(part)}</td><td class="n">${total}</td><td class="n">${exploited || "–"}</td><td class="n">${critical || "–"}</td><td class="n">${high || "–"}</td><td>${text(fix ?? "–")}</td></tr>`,
  );
  return `<table><thead><tr><th>Part</th><th class="n">Findings</th><th class="n">Exploited</th><th class="n">Critical</th><th class="n">High</th><th>Newest fix named</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>`;
}

function findingsTable(findings: readonly Finding[]): string {
  return `<table class="findings"><thead><tr><th>Component</th><th>Vulnerability</th><th>Severity</th><th class="n">EPSS</th><th>Fixed in</th><th>What, and because</th></tr></thead><tbody>${findings.map(findingRow).join("\n")}</tbody></table>`;
}

function findingRow({
  component,
  scope,
  advisory,
  aliases,
  severity,
  exploited,
  epss,
  fixedIn,
  title,
  disputed,
  because,
  disagreement,
}: Finding): string {
  const cells = [
    `<td><b>${text(component.name)}</b> ${text(component.version ?? "")}${scope === undefined ? "" : `<br><span class="quiet">${SCOPE_WORD[scope]}</span>`}</td>`,
    `<td>${text(advisory)}${exploited === null ? "" : `<br><span class="exploited">▲ exploited since ${text(exploited.since)}${exploited.ransomware ? ", ransomware" : ""}</span>`}${disputed ? "<br>disputed" : ""}<br><span class="quiet">${text(aliases.slice(0, 4).join(" "))}</span></td>`,
    `<td><span class="rating ${severity.rating}">${severity.rating === "unknown" ? "not rated" : severity.rating}</span> ${severity.score?.toFixed(1) ?? ""}<br><span class="quiet">${text(severity.source)}</span></td>`,
    `<td class="n" data-name="EPSS">${epss === null ? "–" : `${(epss.score * 100).toFixed(1)} %`}</td>`,
    `<td data-name="Fixed in">${text(fixedIn.slice(0, 4).join(", ")) || "–"}</td>`,
    `<td>${text(title)}<br><span class="quiet">Because ${text(because.range)} (${text(because.source)}, ${text(because.record)})</span>${disagreement === undefined ? "" : `<br><b>Sources differ:</b> ${text(differenceSentence(disagreement))}`}</td>`,
  ];
  return `<tr>${cells.join("")}</tr>`;
}

function settledSection(assessment: Assessment): string {
  const { settled = [], vex } = assessment;
  if (vex === undefined) return "";
  const rows = settled.map(
    (one) =>
      `<tr><td><b>${text(one.component.name)}</b> ${text(one.component.version ?? "")}</td><td>${text(one.advisory)}</td><td>${text(becauseSentence(one))}</td></tr>`,
  );
  const notes = [
    ...vex.unused.map((one) => `<li>Met no finding: ${text(unusedSentence(one))}</li>`),
    ...vex.refused.map(({ at, reason }) => `<li>Refused: ${text(at)}: ${text(reason)}</li>`),
  ];
  const table =
    rows.length === 0
      ? ""
      : `<table><thead><tr><th>Component</th><th>Vulnerability</th><th>What is said of it</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>`;
  return `<section><h2>Settled by VEX: ${count(settled.length, "finding")}</h2><p class="quiet">${text(vexSentence(assessment) ?? "")}</p>${table}${notes.length === 0 ? "" : `<ul class="quiet">${notes.slice(0, 200).join("\n")}</ul>`}</section>`;
}

function supportSection(assessment: Assessment): string {
  const summary = supportSummary(assessment);
  if (summary === null) return "";
  const rows = summary.groups.map(
    ({ what, state, said, newest }) =>
      `<tr><td><b>${text(what)}</b></td><td>${text(state)}</td><td>${text(newest ?? "–")}</td><td>${text(said)}</td></tr>`,
  );
  const table = `<table><thead><tr><th>Part</th><th>Support</th><th>Newest of its cycle</th><th>Because</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>`;
  return `<section><h2>Support</h2><p class="quiet">${text(supportSentence(summary))}</p>${rows.length === 0 ? "" : table}</section>`;
}

function unmatchedSection({ unmatched }: Assessment): string {
  if (unmatched.length === 0) return "";
  const rows = unmatched.map(
    ({ component, reason }) =>
      `<tr><td><b>${text(component.name)}</b> ${text(component.version ?? "")}</td><td>${text(reason)}</td></tr>`,
  );
  return `<section><h2>Not decided: ${count(unmatched.length, "component")}</h2><p class="quiet">Nothing is known to be wrong with them, and nothing is known to be right.</p><table><thead><tr><th>Component</th><th>Why, and what would help</th></tr></thead><tbody>${rows.join("\n")}</tbody></table></section>`;
}

function problemsSection({ problems }: Assessment): string {
  if (problems.length === 0) return "";
  const rows = problems.map(({ at, reason }) => `<tr><td>${text(at)}</td><td>${text(reason)}</td></tr>`);
  return `<section><h2>Lacking or not readable in the input</h2><table><tbody>${rows.join("\n")}</tbody></table></section>`;
}

function feedsSection({ feeds }: Assessment): string {
  const rows = feeds.map(
    ({ name, newestAt, ageDays }) =>
      `<tr><td>${text(name)}</td><td>${text(newestAt?.slice(0, 10) ?? "–")}</td><td>${ageDays === null ? "not dated" : ageInWords(ageDays)}</td></tr>`,
  );
  return `<section><h2>Sources</h2><table><thead><tr><th>Source</th><th>Newest record</th><th>Age</th></tr></thead><tbody>${rows.join("\n")}</tbody></table></section>`;
}
