import type { TestMethod } from "../../assurance/schema.ts";
import type { Model } from "../../model/look-up.ts";
import { newestResult } from "../../trace/links.ts";
import { daysBetween } from "./days.ts";
import { type ContentRule, type Found, of } from "./rule.ts";

const WORDS: Record<TestMethod, string> = {
  requirement: "tests of the security requirements",
  "threat-mitigation": "tests of the mitigations of threats",
  abuse: "tests of abuse, misuse and malformed input",
  fuzzing: "fuzzing",
  "attack-surface": "an analysis of the attack surface",
  "known-vulnerabilities": "a scan for known vulnerabilities from outside",
  "composition-analysis": "an analysis of what the binary is made of",
  "static-analysis": "static analysis",
  "dynamic-analysis": "dynamic analysis",
  penetration: "a penetration test",
  review: "a review",
};
const VULNERABILITY = [
  "abuse",
  "fuzzing",
  "attack-surface",
  "known-vulnerabilities",
  "composition-analysis",
  "static-analysis",
  "dynamic-analysis",
] as const;
const BY_TOOL = new Set<TestMethod>([
  "fuzzing",
  "known-vulnerabilities",
  "composition-analysis",
  "static-analysis",
  "dynamic-analysis",
]);
/** FDA names a year as an example of a regular interval. */
const REPEAT_DAYS = 365;
const REPEATED = new Set<TestMethod>(["penetration", "known-vulnerabilities"]);

/** Cybersecurity testing (FDA premarket guidance, V.C). */
export const testRules: ContentRule[] = [
  {
    id: "TE-1",
    title: "Security requirements are tested",
    section: "FDA premarket V.C",
    fix: "Add a test with method requirement, and its result",
    find: ({ model }) => wanted(model, ["requirement"]),
  },
  {
    id: "TE-2",
    title: "Mitigations of threats are tested",
    section: "FDA premarket V.C",
    fix: "Add a test with method threat-mitigation, and its result",
    find: ({ model }) => wanted(model, ["threat-mitigation"]),
  },
  {
    id: "TE-3",
    title: "Vulnerabilities are looked for in each way",
    section: "FDA premarket V.C; IEC 81001-5-1, 5.7.3",
    fix: "Add a test of this method, and its result",
    find: ({ model }) => wanted(model, VULNERABILITY),
  },
  {
    id: "TE-4",
    title: "Somebody independent tried to get in, and their report is there",
    section: "FDA premarket V.C; IEC 81001-5-1, 5.7.4 and 5.7.5",
    fix: "Have it done by people who did not build it, and keep their own report as evidence",
    *find({ model }) {
      yield* wanted(model, ["penetration"]);
      for (const test of model.file.tests) {
        if (test.method !== "penetration") continue;
        const at = of("tests", test);
        if (!test.independent)
          yield { at, field: "independent", message: `“${test.name}” was made by those who built it` };
        if (test.results.length > 0 && !test.results.some(({ evidence }) => evidence.length > 0))
          yield { at, field: "results", message: `The report of “${test.name}” is not there` };
      }
    },
  },
  {
    id: "TE-5",
    title: "Each tool is named, with version and settings",
    section: "FDA premarket V.C",
    fix: "Name the tool in the test; its version and settings in the evidence",
    *find({ model }) {
      for (const test of model.file.tests) {
        if (!BY_TOOL.has(test.method)) continue;
        const at = of("tests", test);
        if (test.tool === "") {
          yield { at, field: "tool", message: `“${test.name}” names no tool` };
          continue;
        }
        const proofs = (newestResult(test)?.evidence ?? []).flatMap(
          (id) => model.file.evidence.find((one) => one.id === id) ?? [],
        );
        if (
          proofs.length > 0 &&
          !proofs.some(({ tool }) => tool !== null && tool.version !== "" && tool.settings !== "")
        )
          yield {
            at,
            field: "results",
            message: `Nothing says with which version and settings of ${test.tool} “${test.name}” was made`,
          };
      }
    },
  },
  {
    id: "TE-6",
    title: "No finding stays silent",
    section: "FDA premarket V.C",
    fix: "Decide: fixed, accepted, deferred with its release, or not applicable; each with the reason",
    *find({ model }) {
      for (const test of model.file.tests)
        for (const [i, { name, severity, disposition }] of test.findings.entries()) {
          const at = of("tests", test);
          if (disposition === null)
            yield {
              at,
              field: `findings.${i}.disposition`,
              message: `Nothing is decided about “${name}” (${severity}) of “${test.name}”`,
            };
          else if (disposition.state === "deferred" && disposition.release === null)
            yield {
              at,
              field: `findings.${i}.disposition.release`,
              message: `“${name}” is deferred to no release`,
              fix: "Name the release that fixes it",
            };
        }
    },
  },
  {
    id: "TE-7",
    title: "Tests are made again while the product lives",
    section: "FDA premarket V.C",
    fix: "Make it again, or say why the interval is longer",
    *find({ model, asOf }) {
      if (asOf === null) return;
      for (const test of model.file.tests) {
        const last = newestResult(test);
        if (last === null || !REPEATED.has(test.method)) continue;
        const days = daysBetween(last.on, asOf);
        if (days > REPEAT_DAYS)
          yield {
            at: of("tests", test),
            field: "results",
            message: `“${test.name}” was made ${days} days before ${asOf}`,
          };
      }
    },
  },
];

/** Methods of which there is no test. One that was never run is named by TR-1. */
function* wanted(model: Model, methods: readonly TestMethod[]): Generator<Found> {
  for (const method of methods)
    if (!model.file.tests.some((test) => test.method === method))
      yield { at: null, field: "tests", message: `There is no result of ${WORDS[method]}` };
}
