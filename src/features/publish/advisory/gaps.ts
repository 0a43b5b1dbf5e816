import type { AdvisoryContent, AdvisoryVulnerability, Check } from "../schema.ts";

/** What a person still has to say before the document can be assembled, and what would make it better; in the order of the page. */
export function gapsOf(content: AdvisoryContent, scores: (vector: string) => object | null): Check[] {
  const { vulnerabilities, title, summary, harm } = content;
  const names = vulnerabilities.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  return [
    ...(title === "" ? [error("Title", "The advisory has no title", "Say what is affected, in one line")] : []),
    ...(summary === ""
      ? [error("Summary", "The advisory has no summary", "Say what happened, for somebody who reads nothing else")]
      : []),
    ...(vulnerabilities.length === 0
      ? [error("Vulnerabilities", "The advisory names no vulnerability", "Start it from a vulnerability in Threats")]
      : []),
    ...(twice === undefined ? [] : [error("Vulnerabilities", `${twice} stands in it twice`, "Remove one of the two")]),
    ...vulnerabilities.flatMap((one) => gapsIn(one, scores)),
    ...(harm === "" && vulnerabilities.some(hasAffected)
      ? [
          advice(
            "Patients",
            "Nothing is said about patients",
            "Say what it can mean for a patient, or that it means nothing",
          ),
        ]
      : []),
  ];
}

function gapsIn(one: AdvisoryVulnerability, scores: (vector: string) => object | null): Check[] {
  const said = one.statements.filter(({ status }) => status !== null);
  const unexplained = said.filter(
    ({ status, justification, impact }) => status === "not_affected" && justification === null && impact === "",
  );
  const empty = one.remedies.some(({ details }) => details === "");
  return [
    ...(said.length === 0
      ? [error(one.name, "It says nothing of any release", "Give at least one release a status")]
      : []),
    ...(one.description === ""
      ? [error(one.name, "It has no description", "Say in a few sentences what the vulnerability is")]
      : []),
    ...(unexplained.length > 0
      ? [
          error(
            one.name,
            "“Not affected” without a reason",
            "Choose why, or write it: a hospital cannot trust it otherwise",
          ),
        ]
      : []),
    ...(hasAffected(one) && one.remedies.length === 0
      ? [
          error(
            one.name,
            "A release is affected, and nothing is said of what to do",
            "Add a fix, a mitigation, or that there is none yet",
          ),
        ]
      : []),
    ...(empty ? [error(one.name, "What to do is empty", "Write it, or remove it")] : []),
    ...(!hasAffected(one) && one.remedies.length > 0
      ? [advice(one.name, "What to do is left out of the document", "No release is affected")]
      : []),
    ...(one.vector !== "" && scores(one.vector) === null
      ? [
          error(
            one.name,
            "The CVSS vector cannot be read",
            "Write it whole, as in CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
          ),
        ]
      : []),
  ];
}

export const hasAffected = ({ statements }: AdvisoryVulnerability): boolean =>
  statements.some(({ status }) => status === "affected");

const check = (level: Check["level"], where: string, reason: string, fix: string): Check => ({
  level,
  where,
  reason,
  fix,
  pointer: null,
  test: null,
});
const error = (where: string, reason: string, fix: string) => check("error", where, reason, fix);
const advice = (where: string, reason: string, fix: string) => check("advice", where, reason, fix);
