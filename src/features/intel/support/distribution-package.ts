import type { Purl } from "../../../lib/purl.ts";
import { sourceOfPurl } from "../identity/purl-source.ts";
import { cpeKey, vendorAndProduct } from "../rank-index/key.ts";
import type { SupportRecord } from "../schema.ts";
import { answerOf, best, gap, statementHolds } from "./answer.ts";
import { cpeOfDistribution, DEBIAN, distributionOf } from "./distribution.ts";
import type { SupportLookup } from "./lookup.ts";
import type { Support } from "./schema.ts";

/** A package of a distribution lives as long as its release, but for what Debian's lists say of its source package. */
export function supportOfPackage(purl: Purl, records: SupportLookup, day: string, system: string | null): Support {
  const namespace = purl.type === "alpine" ? "alpine" : purl.namespace;
  const distribution = distributionOf(namespace, purl.qualifiers.distro ?? system ?? "");
  if (distribution === null) return gap(whyNoRelease(namespace, purl.qualifiers.distro));
  const { cpe, release } = distribution;
  const answers = records
    .find(cpeKey(...vendorAndProduct(cpe)))
    .map((record) => ofRelease(record, answerOf(record, release, day, "distribution")));
  const whole =
    best(answers) ?? gap(`No record of support speaks of ${namespace ?? cpe} ${release}`, null, "distribution");
  if (cpe !== DEBIAN) return whole;
  const name = sourceOfPurl(purl)?.name ?? purl.name;
  return records
    .debian(name, release.split(".")[0] ?? release)
    .reduce((base, record) => narrowed(base, record, day), whole);
}

/** The release's newest version is not the package's. */
const ofRelease = ({ title }: SupportRecord, answer: Support): Support =>
  answer.cycle === null
    ? answer
    : {
        ...answer,
        cycle: `${title} ${answer.cycle}`,
        latest: null,
        because: { ...answer.because, said: `Packages of ${answer.because.said}` },
      };

/** What is left of the release's support for one source package. A list never makes support better. */
function narrowed(base: Support, { statement, source, record }: SupportRecord, day: string): Support {
  if (statement === null) return base;
  const because = { rule: "debian-list" as const, source, record, said: statement.said };
  const { level, since } = statement;
  const endsFirst = since !== null && (base.endsOn === null || since < base.endsOn);
  if (!statementHolds(statement, null, day))
    return endsFirst && level === "ended" && base.level !== "ended" ? { ...base, endsOn: since, because } : base;
  if (level === "ended")
    return base.level === "ended" && !endsFirst ? base : { ...base, level, endsOn: since, because };
  if (base.level === "ended") return base;
  return { ...base, level: "limited", because };
}

function whyNoRelease(namespace: string | null, distro: string | undefined): string {
  const named = namespace ?? "";
  if (named !== "" && cpeOfDistribution(named) === null) return `No record of support speaks of packages of ${named}`;
  return distro === undefined
    ? `Its package URL does not say which release of ${named || "which distribution"} it is from: add distro=`
    : `Its distro=${distro.slice(0, 60)} names no release we know`;
}
