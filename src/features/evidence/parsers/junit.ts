import type { XmlElement } from "../../../lib/xml.ts";
import { Draft, instantIn } from "../draft.ts";
import { defineXml } from "../parser.ts";

/** JUnit XML as Ant, Maven Surefire, pytest, CTest, Jest and GoogleTest write it: every case is counted, each failed one is a finding. */
export default defineXml({
  recognises: ({ name, namespace }) => namespace === "" && (name === "testsuites" || name === "testsuite"),

  start(name, root) {
    const draft = new Draft(name, "junit", "JUnit XML");
    const counts = { run: 0, passed: 0, failed: 0, skipped: 0 };
    const suites: { said: number | null; counted: number; name: string; at: string }[] = [];
    let one: Case | null = null;
    let outcome: Outcome | null = null;

    const openSuite = (element: XmlElement) => {
      const began = element.attribute("timestamp");
      draft.performed(began, element.at);
      const ended = endOf(began, element.attribute("time"));
      if (ended !== null) draft.performed(ended, element.at);
      draft.subject("host", element.attribute("hostname"));
      const said = Number(element.attribute("tests") ?? Number.NaN);
      suites.push({
        said: Number.isInteger(said) ? said : null,
        counted: 0,
        name: element.attribute("name") ?? "",
        at: element.at,
      });
    };
    if (root.name === "testsuite") openSuite(root);
    draft.toolIs(root.attribute("name") ?? "JUnit-compatible test runner", root.attribute("version"), null);

    return {
      draft,
      open(element) {
        if (element.name === "testsuite") openSuite(element);
        if (element.name === "testcase") {
          one = {
            name: element.attribute("name") ?? "",
            group: element.attribute("classname") ?? suites.at(-1)?.name ?? "",
            file: fileOf(element),
            outcome: null,
            skipped: element.attribute("status") === "notrun" || element.attribute("result") === "suppressed",
          };
          return;
        }
        if (one === null) return;
        if (element.name === "skipped") one.skipped = true;
        if (element.name === "failure" || element.name === "error")
          outcome = {
            kind: element.name,
            message: element.attribute("message") ?? "",
            type: element.attribute("type") ?? "",
          };
      },
      close(text, path) {
        const element = path.at(-1);
        if ((element === "failure" || element === "error") && one !== null && outcome !== null) {
          one.outcome ??= { ...outcome, message: outcome.message || text };
          outcome = null;
        }
        if (element === "testcase" && one !== null) {
          counts.run++;
          for (const suite of suites) suite.counted++;
          if (one.outcome !== null) {
            counts.failed++;
            draft.finding(found(one, one.outcome));
          } else if (one.skipped) counts.skipped++;
          else counts.passed++;
          one = null;
        }
        if (element === "testsuite") {
          const suite = suites.pop();
          if (suite !== undefined && suite.said !== null && suite.said !== suite.counted)
            draft.problem(suite.at, `The suite says ${suite.said} tests and holds ${suite.counted}.`);
        }
      },
      end() {
        draft.tests = counts;
        if (counts.run === 0) draft.problem("1:1", "There is no test case in it: it proves nothing.");
      },
    };
  },
});

interface Outcome {
  kind: "failure" | "error";
  message: string;
  type: string;
}

interface Case {
  name: string;
  group: string;
  file: string;
  outcome: Outcome | null;
  skipped: boolean;
}

const found = ({ name, group, file }: Case, { kind, message, type }: Outcome) => ({
  rule: group === "" ? name : `${group}.${name}`,
  title: `Test failed: ${name || group || "(no name)"}`,
  severity: "unknown" as const,
  said: kind,
  place: file,
  weaknesses: [name, message],
  description: type === "" ? message : `${type}: ${message}`,
});

function fileOf(element: XmlElement): string {
  const file = element.attribute("file");
  const line = element.attribute("line");
  return file === null ? "" : line === null ? file : `${file}:${line}`;
}

/** When a suite ended: its start and its seconds, written like its start. */
function endOf(began: string | null, seconds: string | null): string | null {
  const start = began === null ? null : instantIn(began.trim());
  const took = Number((seconds ?? "").replaceAll(",", ""));
  if (start === null || !(took > 0 && took < 31_536_000)) return null;
  return new Date(start.ms + took * 1_000).toISOString();
}
