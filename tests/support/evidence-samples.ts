/** Small files as the real tools write them, about a fictional infusion pump. */

export const SARIF = JSON.stringify({
  $schema: "https://json.schemastore.org/sarif-2.1.0.json",
  version: "2.1.0",
  runs: [
    {
      tool: {
        driver: {
          name: "CodeQL",
          semanticVersion: "2.19.3",
          rules: [
            {
              id: "cpp/unbounded-write",
              name: "cpp/unbounded-write",
              shortDescription: { text: "Unbounded write" },
              defaultConfiguration: { level: "error" },
              properties: {
                tags: ["security", "external/cwe/cwe-120", "external/cwe/cwe-787"],
                "security-severity": "9.3",
              },
            },
            {
              id: "cpp/hardcoded-credentials",
              shortDescription: { text: "Hard-coded credentials" },
              relationships: [{ target: { id: "CWE-798", toolComponent: { name: "CWE" } }, kinds: ["superset"] }],
            },
          ],
        },
      },
      invocations: [
        {
          commandLine: "codeql database analyze pump-db cpp-security-extended.qls --threads=4",
          executionSuccessful: true,
          startTimeUtc: "2026-10-05T08:11:02.000Z",
          endTimeUtc: "2026-10-05T08:29:47.000Z",
        },
      ],
      versionControlProvenance: [
        { repositoryUri: "https://git.example/pump", revisionId: "5a1c3f0e9b7d", branch: "release/2.4" },
      ],
      artifacts: [
        {
          location: { uri: "build/pump-fw-2.4.1.elf" },
          roles: ["analysisTarget"],
          hashes: { "sha-256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" },
        },
      ],
      results: [
        {
          ruleId: "cpp/unbounded-write",
          ruleIndex: 0,
          message: {
            text: "This 'call to strcpy' with input from [a network packet](1) may overflow the destination.",
          },
          locations: [
            { physicalLocation: { artifactLocation: { uri: "src/net/parse.c" }, region: { startLine: 214 } } },
          ],
        },
        {
          ruleId: "cpp/hardcoded-credentials",
          ruleIndex: 1,
          level: "warning",
          message: { text: "A password is compiled in." },
          locations: [{ physicalLocation: { artifactLocation: { uri: "src/service/login.c" } } }],
          suppressions: [{ kind: "inSource", justification: "test build only" }],
        },
        { ruleId: "cpp/unused", kind: "pass", message: { text: "ok" } },
        { ruleId: "cpp/gone", baselineState: "absent", message: { text: "gone" } },
      ],
    },
  ],
});

export const JUNIT = `<?xml version="1.0" encoding="utf-8"?>
<testsuites name="pytest tests">
  <testsuite name="security-requirements" errors="1" failures="1" skipped="1" tests="5" time="12.500" timestamp="2026-10-06T14:02:11.512345+00:00" hostname="bench-3">
    <testcase classname="tests.test_login" name="test_lock_out_after_five_tries" time="3.1"/>
    <testcase classname="tests.test_login" name="test_emergency_access_is_logged" time="2.0"/>
    <testcase classname="tests.test_update" name="test_unsigned_firmware_is_refused" file="tests/test_update.py" line="41" time="4.4">
      <failure message="AssertionError: pump accepted the image" type="AssertionError">def test_unsigned...
&gt; assert pump.refused</failure>
    </testcase>
    <testcase classname="tests.test_update" name="test_interrupted_update" time="0.1">
      <error message="bench lost power">ConnectionError</error>
    </testcase>
    <testcase classname="tests.test_radio" name="test_pairing" time="0"><skipped message="no radio on this bench"/></testcase>
  </testsuite>
</testsuites>
`;

export const NMAP = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<?xml-stylesheet href="file:///usr/share/nmap/nmap.xsl" type="text/xsl"?>
<!-- Nmap 7.95 scan initiated Tue Oct  6 09:00:00 2026 as: nmap -sV -p- -oX pump.xml 192.0.2.17 -->
<nmaprun scanner="nmap" args="nmap -sV -p- --script vuln -oX pump.xml 192.0.2.17" start="1791277200" startstr="Tue Oct  6 09:00:00 2026" version="7.95" xmloutputversion="1.05">
<scaninfo type="syn" protocol="tcp" numservices="65535" services="1-65535"/>
<host starttime="1791277201" endtime="1791277499"><status state="up" reason="arp-response" reason_ttl="0"/>
<address addr="192.0.2.17" addrtype="ipv4"/>
<address addr="02:00:00:11:22:33" addrtype="mac" vendor="Example"/>
<hostnames><hostname name="pump-17.ward.example" type="PTR"/></hostnames>
<ports><extraports state="closed" count="65532"><extrareasons reason="reset" count="65532"/></extraports>
<port protocol="tcp" portid="22"><state state="filtered" reason="no-response" reason_ttl="0"/><service name="ssh" method="table" conf="3"/></port>
<port protocol="tcp" portid="443"><state state="open" reason="syn-ack" reason_ttl="64"/><service name="https" product="lighttpd" version="1.4.64" tunnel="ssl" method="probed" conf="10"><cpe>cpe:/a:lighttpd:lighttpd:1.4.64</cpe></service>
<script id="ssl-poodle" output="&#xa;  VULNERABLE:&#xa;  SSL POODLE information leak&#xa;    State: VULNERABLE&#xa;    IDs:  CVE:CVE-2014-3566"><table key="CVE-2014-3566"><elem key="title">SSL POODLE information leak</elem><elem key="state">VULNERABLE</elem><table key="ids"><elem>CVE:CVE-2014-3566</elem></table></table></script>
<script id="http-csrf" output="Couldn&apos;t find any CSRF vulnerabilities."/></port>
<port protocol="tcp" portid="3671"><state state="open" reason="syn-ack" reason_ttl="64"/></port>
</ports>
</host>
<runstats><finished time="1791277500" timestr="Tue Oct  6 09:05:00 2026" elapsed="300.00" summary="Nmap done" exit="success"/><hosts up="1" down="0" total="1"/></runstats>
</nmaprun>
`;

export const SSLSCAN = `<?xml version="1.0" encoding="UTF-8"?>
<document title="SSLScan Results" version="2.1.5" web="http://github.com/rbsec/sslscan">
 <ssltest host="192.0.2.17" sniname="192.0.2.17" port="443">
  <protocol type="ssl" version="2" enabled="0" />
  <protocol type="ssl" version="3" enabled="0" />
  <protocol type="tls" version="1.0" enabled="1" />
  <protocol type="tls" version="1.1" enabled="0" />
  <protocol type="tls" version="1.2" enabled="1" />
  <fallback supported="1" />
  <renegotiation supported="1" secure="1" />
  <compression supported="0" />
  <heartbleed sslversion="TLSv1.2" vulnerable="0" />
  <cipher status="preferred" sslversion="TLSv1.2" bits="256" cipher="ECDHE-RSA-AES256-GCM-SHA384" id="0xC030" strength="strong" curve="25519" ecdhebits="253" />
  <cipher status="accepted" sslversion="TLSv1.0" bits="112" cipher="TLS_RSA_WITH_3DES_EDE_CBC_SHA" id="0x000A" strength="medium" />
  <certificates>
   <certificate type="short">
    <signature-algorithm>sha256WithRSAEncryption</signature-algorithm>
    <pk error="false" type="RSA" bits="1024" />
    <subject><![CDATA[pump-17]]></subject>
    <issuer><![CDATA[pump-17]]></issuer>
    <self-signed>true</self-signed>
    <expired>false</expired>
   </certificate>
  </certificates>
 </ssltest>
</document>
`;

const ZAP_ALERTS = [
  {
    pluginid: "40018",
    alertRef: "40018-1",
    alert: "SQL Injection",
    name: "SQL Injection",
    riskcode: "3",
    confidence: "2",
    riskdesc: "High (Medium)",
    desc: "<p>SQL injection may be possible.</p><script>alert(1)</script>",
    instances: [
      {
        uri: "https://pump-17.example/logs?id=1",
        method: "GET",
        param: "id",
        attack: "1 AND 1=1",
        evidence: "",
        otherinfo: "",
      },
      { uri: "https://pump-17.example/logs?id=2", method: "GET", param: "id", attack: "", evidence: "", otherinfo: "" },
    ],
    count: "2",
    solution: "<p>Use prepared statements.</p>",
    cweid: "89",
    wascid: "19",
    sourceid: "1",
  },
  {
    pluginid: "10015",
    alertRef: "10015",
    alert: "Re-examine Cache-control Directives",
    name: "Re-examine Cache-control Directives",
    riskcode: "0",
    confidence: "1",
    riskdesc: "Informational (Low)",
    desc: "<p>The cache-control header has not been set properly.</p>",
    instances: [],
    count: "0",
    cweid: "525",
    wascid: "13",
    sourceid: "2",
  },
];

export const ZAP_JSON = JSON.stringify({
  "@programName": "ZAP",
  "@version": "2.17.0",
  "@generated": "Tue, 6 Oct 2026 10:00:00",
  created: "2026-10-06T10:00:00.123456789Z",
  site: [
    {
      "@name": "https://pump-17.example",
      "@host": "pump-17.example",
      "@port": "443",
      "@ssl": "true",
      alerts: ZAP_ALERTS,
    },
  ],
});

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
export const ZAP_XML = `<?xml version="1.0"?>
<OWASPZAPReport programName="ZAP" version="2.14.0" generated="Tue, 6 Oct 2026 10:00:00">
<site name="https://pump-17.example" host="pump-17.example" port="443" ssl="true"><alerts>
${ZAP_ALERTS.map(
  ({ instances, ...alert }) =>
    `<alertitem>${Object.entries(alert)
      .map(([key, value]) => `<${key}>${escaped(value)}</${key}>`)
      .join("")}<instances>${instances
      .map(
        ({ uri, method, param }) =>
          `<instance><uri>${escaped(uri)}</uri><method>${method}</method><param>${param}</param></instance>`,
      )
      .join("")}</instances></alertitem>`,
).join("\n")}
</alerts></site></OWASPZAPReport>
`;

export const NESSUS = `<?xml version="1.0" ?>
<NessusClientData_v2>
<Policy><policyName>Medical device, credentialed</policyName><Preferences><ServerPreferences><preference><name>plugin_set</name><value>1;2;3</value></preference></ServerPreferences></Preferences></Policy>
<Report name="Pump 2.4" xmlns:cm="http://www.nessus.org/cm">
<ReportHost name="192.0.2.17"><HostProperties>
<tag name="HOST_END_TIMESTAMP">1791280800</tag>
<tag name="HOST_END">Tue Oct  6 12:00:00 2026</tag>
<tag name="operating-system">Linux Kernel 5.15</tag>
<tag name="host-ip">192.0.2.17</tag>
<tag name="HOST_START_TIMESTAMP">1791277200</tag>
<tag name="HOST_START">Tue Oct  6 11:00:00 2026</tag>
</HostProperties>
<ReportItem port="0" svc_name="general" protocol="tcp" severity="0" pluginID="19506" pluginName="Nessus Scan Information" pluginFamily="Settings">
<description>This plugin displays information about the Nessus scan.</description>
<plugin_output>Information about this scan :

Nessus version : 10.8.3
Plugin feed version : 202610050212
Scan policy used : Medical device, credentialed
Port range : 1-65535
Credentialed checks : yes
</plugin_output></ReportItem>
<ReportItem port="443" svc_name="www" protocol="tcp" severity="2" pluginID="51192" pluginName="SSL Certificate Cannot Be Trusted" pluginFamily="General">
<cvss3_base_score>6.5</cvss3_base_score><risk_factor>Medium</risk_factor>
<synopsis>The SSL certificate for this service cannot be trusted.</synopsis>
<description>The server's X.509 certificate cannot be trusted.</description>
<cwe>295</cwe></ReportItem>
<ReportItem port="443" svc_name="www" protocol="tcp" severity="4" pluginID="73412" pluginName="OpenSSL Heartbeat Information Disclosure (Heartbleed)" pluginFamily="Misc.">
<cve>CVE-2014-0160</cve><synopsis>The remote service is affected by an information disclosure vulnerability.</synopsis>
<description>An out-of-bounds read error.</description></ReportItem>
</ReportHost>
</Report>
</NessusClientData_v2>
`;

const HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
export const VDR_JSON = JSON.stringify({
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  metadata: {
    timestamp: "2026-10-07T06:00:00Z",
    tools: { components: [{ type: "application", group: "aquasecurity", name: "trivy", version: "0.67.0" }] },
    component: { type: "firmware", name: "pump-fw", version: "2.4.1", hashes: [{ alg: "SHA-256", content: HASH }] },
  },
  components: [
    {
      type: "library",
      "bom-ref": "pkg:openssl",
      name: "openssl",
      version: "3.0.7",
      licenses: [{ license: { id: "Apache-2.0" } }],
      hashes: [{ alg: "SHA-256", content: HASH }],
    },
  ],
  vulnerabilities: [
    {
      id: "CVE-2023-0286",
      ratings: [
        { source: { name: "nvd" }, score: 7.4, severity: "high", method: "CVSSv31" },
        { source: { name: "redhat" }, severity: "medium" },
      ],
      cwes: [843],
      description: "X.400 address type confusion in X.509 GeneralName.",
      affects: [{ ref: "pkg:openssl" }],
      analysis: { state: "not_affected", justification: "code_not_reachable", detail: "CRL checking is off." },
    },
  ],
});

export const VDR_XML = `<?xml version="1.0" encoding="UTF-8"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.4" serialNumber="urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79" version="1">
 <metadata><timestamp>2026-10-07T06:00:00Z</timestamp><tools><tool><vendor>aquasecurity</vendor><name>trivy</name><version>0.67.0</version></tool></tools>
 <component type="firmware"><name>pump-fw</name><version>2.4.1</version></component></metadata>
 <components><component type="library" bom-ref="pkg:openssl"><name>openssl</name><version>3.0.7</version><hashes><hash alg="SHA-256">${HASH}</hash></hashes><licenses><license><id>Apache-2.0</id></license></licenses></component></components>
 <vulnerabilities><vulnerability bom-ref="v1"><id>CVE-2023-0286</id><ratings><rating><score>7.4</score><severity>high</severity></rating></ratings><cwes><cwe>843</cwe></cwes><description>X.400 address type confusion in X.509 GeneralName.</description><analysis><state>in_triage</state></analysis><affects><target><ref>pkg:openssl</ref></target></affects></vulnerability></vulnerabilities>
</bom>
`;

export const SPDX_JSON = JSON.stringify({
  spdxVersion: "SPDX-2.3",
  dataLicense: "CC0-1.0",
  SPDXID: "SPDXRef-DOCUMENT",
  name: "pump-fw-2.4.1",
  creationInfo: { created: "2026-10-07T06:00:00Z", creators: ["Organization: Works", "Tool: syft-1.33.0"] },
  packages: [
    {
      SPDXID: "SPDXRef-1",
      name: "zlib",
      versionInfo: "1.2.13",
      licenseConcluded: "Zlib",
      licenseDeclared: "NOASSERTION",
      checksums: [{ algorithm: "SHA256", checksumValue: HASH }],
    },
    { SPDXID: "SPDXRef-2", name: "vendor-blob", licenseConcluded: "NOASSERTION" },
  ],
});

export const SPDX_TAG_VALUE = `SPDXVersion: SPDX-2.3
DocumentName: pump-fw-2.4.1
Creator: Tool: syft-1.33.0
Created: 2026-10-07T06:00:00Z

PackageName: zlib
PackageLicenseConcluded: Zlib
PackageChecksum: SHA256: ${HASH}
PackageName: vendor-blob
PackageLicenseConcluded: NOASSERTION
`;

export const PENTEST = `# tester: Example Security Ltd
# independence: No share in the design; reports to the quality manager
# scope: Network, USB and service interfaces; the cloud was not tested
# method: Grey box, OWASP ISVS
# tools: nmap 7.95, Burp 2026.1
# target: Infusion pump 2.4.1, build 9f86d081
# from: 2026-09-14
# until: 2026-09-25
id,title,severity,place,cwe,cve,description,retest
F-1,"Service port accepts the default password, unchanged",high,RS-232 service port,CWE-1392,,"Logged in as ""service""; dose limits could be changed",open
F-2,Old TLS library,medium,443/tcp,295 327,CVE-2023-0286,=HYPERLINK("http://evil.example"),fixed
F-3,Banner names the version,info,443/tcp,,,,
`;

export const SAMPLES = {
  sarif: SARIF,
  junit: JUNIT,
  nmap: NMAP,
  sslscan: SSLSCAN,
  zapJson: ZAP_JSON,
  zapXml: ZAP_XML,
  nessus: NESSUS,
  vdrJson: VDR_JSON,
  vdrXml: VDR_XML,
  spdxJson: SPDX_JSON,
  spdxTagValue: SPDX_TAG_VALUE,
  pentest: PENTEST,
} as const;

export const bytesOf = (text: string): Uint8Array[] => [new TextEncoder().encode(text)];
