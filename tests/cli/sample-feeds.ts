/** Made-up advisories in the feeds' own forms. */
const npm = (id: string, name: string, fixed: string, said: object = {}) => ({
  id,
  modified: "2025-12-20T00:00:00Z",
  published: "2025-06-01T00:00:00Z",
  summary: `${id} in ${name} <script>alert(1)</script>`,
  affected: [
    { package: { ecosystem: "npm", name }, ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed }] }] },
  ],
  ...said,
});

export const OSV_CRITICAL = npm("GHSA-aaaa-bbbb-cccc", "left", "1.2.0", {
  aliases: ["CVE-2025-1000"],
  severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
});

export const OSV_EXPLOITED = npm("GHSA-dddd-eeee-ffff", "right", "3.0.0", {
  aliases: ["CVE-2025-2000"],
  severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N" }],
});

export const KEV = {
  title: "CISA Catalog of Known Exploited Vulnerabilities",
  catalogVersion: "2025.12.20",
  dateReleased: "2025-12-20T00:00:00.000Z",
  count: 1,
  vulnerabilities: [
    {
      cveID: "CVE-2025-2000",
      vendorProject: "Right",
      product: "right",
      vulnerabilityName: "Right",
      dateAdded: "2025-07-01",
      shortDescription: "x",
      requiredAction: "update",
      dueDate: "2025-07-22",
      knownRansomwareCampaignUse: "Known",
      notes: "",
      cwes: [],
    },
  ],
};

export const sbomOf = (...components: object[]) => ({
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  version: 1,
  metadata: { component: { type: "device", name: "Example pump", version: "1.0" } },
  components,
});

export const LEFT = { type: "library", name: "left", version: "1.0.0", purl: "pkg:npm/left@1.0.0" };
export const RIGHT = { type: "library", name: "right", version: "2.9.9", purl: "pkg:npm/right@2.9.9" };
export const CLEAN = { type: "library", name: "left", version: "1.2.0", purl: "pkg:npm/left@1.2.0" };
export const NAMELESS = { type: "library", name: "odd\u001b[2J", version: "1" };
