import * as z from "zod";
import type { StatedSeverity } from "../schema.ts";

const Scored = z.object({ vectorString: z.string().nullish() }).nullish().catch(null);

/** The CVSS members a CVE Record metric and a CSAF score share in kind. */
export const CvssMembers = z.object({
  cvssV2_0: Scored,
  cvssV3_0: Scored,
  cvssV3_1: Scored,
  cvssV4_0: Scored,
  cvss_v2: Scored,
  cvss_v3: Scored,
  cvss_v4: Scored,
});
export type CvssMembers = z.infer<typeof CvssMembers>;

const KINDS = {
  cvssV4_0: "CVSS_V4",
  cvss_v4: "CVSS_V4",
  cvssV3_1: "CVSS_V3",
  cvssV3_0: "CVSS_V3",
  cvss_v3: "CVSS_V3",
  cvssV2_0: "CVSS_V2",
  cvss_v2: "CVSS_V2",
} as const;

/** Every vector a metric states; scores are computed from vectors, never taken over. */
export const severitiesIn = (metric: CvssMembers, source: string): StatedSeverity[] =>
  Object.entries(KINDS).flatMap(([member, kind]) => {
    const vector = metric[member as keyof typeof KINDS]?.vectorString;
    return vector ? [{ kind, source, value: vector }] : [];
  });
