import { expect, test } from "vitest";
import { sampleComponent } from "../../devices/sbom/sample-component.ts";
import { advisory, affectedItem, indexOf, interval } from "../rank-index/sample-intel.ts";
import type { Affected } from "../schema.ts";
import { explain } from "./explain.ts";
import { findVulnerabilities } from "./find-advisory.ts";

const NOW = new Date("2026-01-31T00:00:00Z");

test("a package of Red Hat is shown under the repositories that speak of it, by its source, and by the word that no version is affected", () => {
  const gnutls = (repository: string, item: Partial<Affected>) =>
    affectedItem({
      package: { ecosystem: `Red Hat:enterprise_linux:8${repository}`, name: "gnutls" },
      scheme: "rpm",
      ...item,
    });
  const records = [
    advisory("CVE-2025-1", [gnutls("", { exceptions: [interval(null, null)] })]),
    advisory("CVE-2025-2", [gnutls("::baseos", { intervals: [interval(null, "0:3.6.16-8.el8")] })]),
  ];
  const dane = sampleComponent({
    purl: "pkg:rpm/rhel/gnutls-dane@3.6.16-4.el8?distro=rhel-8.5",
    source: "gnutls@3.6.16-4.el8",
  });
  const index = indexOf(records);
  const explained = (id: string) => {
    const [number = -1] = findVulnerabilities(index, index.about.counts, id, NOW);
    return explain(index, [dane], dane, number, NOW);
  };
  const never = explained("CVE-2025-1");
  expect(never.verdict).toBe("not-affected");
  expect(never.because.join(" ")).toContain("it says that no version is affected");
  const affected = explained("CVE-2025-2");
  expect(affected.verdict).toBe("affected");
  expect(affected.identities.filter(({ identity }) => identity.includes("::"))).toMatchObject([
    { identity: "Red Hat:enterprise_linux:8::baseos gnutls", how: expect.stringContaining("source package") },
  ]);
});
