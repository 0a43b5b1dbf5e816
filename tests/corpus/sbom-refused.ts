/** Files of the corpus that are refused, with what each was seen to be when it was opened and looked at. */
export const REFUSED: Record<string, { reason: string; seen: string }> = {
  "bom-shelter-in-the-wild/in-the-wild/cyclonedx-in-the-wild-dataset-metadata.csv": {
    reason: "This is no SBOM in a format known here.",
    seen: "a table about the documents beside it",
  },
  "bom-shelter-in-the-wild/in-the-wild/spdx-in-the-wild-dataset-metadata.csv": {
    reason: "This is no SBOM in a format known here.",
    seen: "a table about the documents beside it",
  },
  "bom-shelter-in-the-wild/in-the-wild/cyclonedx/bashrc2-sbom-cdx.json": {
    reason: "This is JSON, but no SBOM: it has none of bomFormat, spdxVersion and an SPDX @context.",
    seen: "a code scanner's raw matches by file name",
  },
  "bom-shelter-in-the-wild/in-the-wild/cyclonedx/scanoss-sbom-cdx.json": {
    reason: "This is no SBOM in a format known here.",
    seen: "a list of vendor, component, purl and license in a layout of its own",
  },
  "bom-shelter-in-the-wild/in-the-wild/spdx/maubot-spdx.json": {
    reason: "This is JSON, but no SBOM: it has none of bomFormat, spdxVersion and an SPDX @context.",
    seen: "the texts of the SPDX licenses by identifier",
  },
  "bom-shelter-in-the-wild/in-the-wild/spdx/powershell-2.2.6.spdx.json": {
    reason: "This is not JSON: there is more after its end.",
    seen: "the footer of a web page (Contact Us, Terms of Use) behind the document",
  },
  "buildroot-device-sboms/buildroot-2020.08-show-info.json": {
    reason: "This is JSON, but no SBOM: it has none of bomFormat, spdxVersion and an SPDX @context.",
    seen: "Buildroot's own package list",
  },
  "buildroot-device-sboms/buildroot-2022.02-show-info.json": {
    reason: "This is JSON, but no SBOM: it has none of bomFormat, spdxVersion and an SPDX @context.",
    seen: "Buildroot's own package list",
  },
  "buildroot-device-sboms/buildroot-2025.02-show-info.json": {
    reason: "This is JSON, but no SBOM: it has none of bomFormat, spdxVersion and an SPDX @context.",
    seen: "Buildroot's own package list",
  },
  "buildroot-device-sboms/buildroot-ignored-cves.tsv": {
    reason: "This is no SBOM in a format known here.",
    seen: "a table of CVE and patch",
  },
  "cve-bin-tool/test/sbom/bad.csv": { reason: "The file is empty.", seen: "0 bytes" },
  "cve-bin-tool/test/sbom/spdx_test.spdx.rdf": {
    reason: "This is RDF/XML; SPDX is read as JSON, tag-value or JSON-LD.",
    seen: "SPDX 2 RDF/XML",
  },
  "cve-bin-tool/test/sbom/spdx_test.spdx.xml": {
    reason: "This is SPDX XML; SPDX is read as JSON, tag-value or JSON-LD.",
    seen: "SPDX 2.2 XML",
  },
  "cve-bin-tool/test/sbom/spdx_test.spdx.yaml": {
    reason: "This is SPDX YAML; SPDX is read as JSON, tag-value or JSON-LD.",
    seen: "SPDX 2.2 YAML",
  },
  "cve-bin-tool/test/sbom/swid_test.xml": {
    reason: "This is a SWID tag, which is not read.",
    seen: "an ISO 19770-2 tag",
  },
  "cve-bin-tool/test/vex/test_openvex_vex.json": {
    reason: "This is an OpenVEX document, not an SBOM.",
    seen: "OpenVEX 0.2.0",
  },
  "osv-scanner-testdata/cmd/osv-scanner/scan/source/testdata/sbom-insecure/osv-scanner.toml": {
    reason: "This is no SBOM in a format known here.",
    seen: "a scanner's configuration in TOML",
  },
  "sbom-plugfest/core/src/test/java/org/nvip/plugfest/tooling/sample_boms/sbom.empty.2-3.spdx": {
    reason: "The file is empty.",
    seen: "0 bytes",
  },
  "sbom-plugfest/core/src/test/java/org/nvip/plugfest/tooling/sample_boms/sbom.version-missing.spdx": {
    reason: "It is SPDX, but does not say which version.",
    seen: "`SPDXVersion:` with nothing behind it",
  },
  "spdx-examples/software/example8/content/examplemaven/pom-with-spdx-plugin.xml": {
    reason: "This is XML, but no CycloneDX: its root is not <bom> in a CycloneDX namespace.",
    seen: "a Maven project file",
  },
  "spdx-examples/software/example8/content/examplemaven/pom.xml": {
    reason: "This is XML, but no CycloneDX: its root is not <bom> in a CycloneDX namespace.",
    seen: "a Maven project file",
  },
  "trivy/integration/testdata/fixtures/sbom/centos-7-cyclonedx.intoto.jsonl": {
    reason: "This is a signed envelope (DSSE), not an SBOM.",
    seen: "a DSSE envelope of type application/vnd.in-toto+json",
  },
};
