import { expect, test } from "vitest";
import type { Assessment } from "../../features/intel/assess/schema.ts";
import { toSarif } from "./sarif.ts";

const assessment = (title: string): Assessment => ({
  assessedAt: "2026-01-20T00:00:00.000Z",
  asOf: "2026-01-20T00:00:00.000Z",
  subject: { name: "pump", version: "1", path: "a folder/sbom #1.json" },
  feeds: [],
  components: 1,
  findings: [
    {
      component: { name: "a", version: "1", purl: null, cpe: null },
      advisory: "CVE-2025-1000",
      aliases: [],
      title,
      severity: { source: "", vector: null, score: null, rating: "unknown" },
      exploited: null,
      epss: null,
      fixedIn: [],
      disputed: false,
      because: { rule: "package", range: "npm a < 2", source: "osv", record: "CVE-2025-1000" },
    },
  ],
  unmatched: [],
  problems: [],
});

test.each([
  ["a {0} of {name}", "a {{0}} of {{name}}"],
  ["[press here](http://example.org)", "\\[press here\\](http://example.org)"],
  ["a\u001b[2Jb", "a \\[2Jb"],
])("a title is never a placeholder, a link or a control sequence: %j", (title, text) => {
  const [run] = toSarif(assessment(title)).runs;
  expect(run?.tool.driver.rules[0]?.shortDescription.text).toBe(text);
  expect(run?.results[0]?.message.text).toContain(`a 1: ${text}. No fixed version is known.`);
});

test("a path is a URI reference", () => {
  const [run] = toSarif(assessment("x")).runs;
  expect(run?.artifacts[0]?.location.uri).toBe("a%20folder/sbom%20%231.json");
});
