import type { Proposal } from "./schema.ts";

const document = (name: string, basis: string) => ({ name, basis });

/** Everything of FDA's premarket guidance, Appendix 4, Table 1: what a change that may impact cybersecurity brings (VII.D.1). */
export const FULL_SET: Proposal["documents"] = [
  document("Security risk management report", "VI.B"),
  document("Threat model", "V.A.1, Appendix 2"),
  document("Cybersecurity risk assessment", "V.A.2"),
  document("SBOM", "V.A.4; FD&C Act 524B(b)(3)"),
  document("Vulnerability assessment and software support", "V.A.4(b)"),
  document("Assessment of unresolved anomalies", "V.A.5"),
  document("Traceability", "V.A to V.C, VI.A"),
  document("Measures and metrics", "V.A.6"),
  document("Security controls", "V.B.1, Appendix 1"),
  document("Architecture views", "V.B.2, Appendix 2"),
  document("Cybersecurity testing", "V.C"),
  document("Labeling", "VI.A"),
  document("Cybersecurity management plan", "VI.B; FD&C Act 524B(b)(1)"),
  document("Interoperability considerations", "V.A.3"),
];

/** What is left where a change is unlikely to impact cybersecurity (VII.D.2). */
export const REDUCED_SET: Proposal["documents"] = [
  document(
    "Plan for vulnerabilities, or where it was submitted before, with a summary of its changes",
    "VII.D.2; FD&C Act 524B(b)(1)",
  ),
  document(
    "Statement whether critical vulnerabilities with uncontrolled risk exist now, and whether one was remediated since the last authorisation, and how",
    "VII.D.2; FD&C Act 524B(b)(2)",
  ),
  document("SBOM", "VII.D.2; FD&C Act 524B(b)(3)"),
];
