import { proposeDeviceMatches, wordedItems } from "../../features/intel/device-advisories/propose.ts";
import type { DeviceProduct, DeviceProposal } from "../../features/intel/device-advisories/schema.ts";
import { RankIndex } from "../../features/intel/rank-index/open-index.ts";
import type { FeedAge } from "../../features/intel/schema.ts";
import { Fault } from "../../lib/fault.ts";
import { openRandomFile } from "../../platform/files/random-file.ts";
import { plain } from "../run-action.ts";
import { type Style, styleFor } from "../style.ts";

export interface DevicesRequest {
  asked: DeviceProduct;
  path: string;
  format: string;
}

/** Proposals for one device on standard output, strongest first, with the age of their sources. */
export function intelDevices({ asked, path, format }: DevicesRequest): number {
  if (format !== "text" && format !== "json")
    throw new Fault("bad_input", `There is no format ${format}`, { at: "--format", fix: "Use text or json" });
  const file = openRandomFile(path);
  try {
    const index = new RankIndex(file);
    const items = wordedItems(index, Array(index.about.counts.records).keys());
    const proposals = proposeDeviceMatches(items, [asked]);
    const sources = index.feeds.filter(({ name }) => name.startsWith("csaf:"));
    process.stdout.write(
      format === "json"
        ? `${JSON.stringify({ asked, sources, proposals }, null, 2)}\n`
        : toText(asked, proposals, sources, styleFor(process.stdout)),
    );
    return 0;
  } finally {
    file.close();
  }
}

const SAYS = { affected: "affected", "not-affected": "not affected", "not-decided": "not decided" } as const;

function toText(
  asked: DeviceProduct,
  proposals: readonly DeviceProposal[],
  sources: readonly FeedAge[],
  style: Style,
): string {
  const name = plain([asked.vendor, asked.name, asked.model, asked.version].filter((word) => word !== null).join(" "));
  const ages = sources.map((source) => `${plain(source.name)}, newest ${source.newestAt?.slice(0, 10) ?? "not dated"}`);
  const searched =
    ages.length === 0 ? "no advisory source that names products in words; load CISA's CSAF files" : ages.join("; ");
  const head =
    proposals.length === 0
      ? `${name}: no advisory names such a product`
      : `${name}: ${proposals.length} ${proposals.length === 1 ? "advisory" : "advisories"} may be about it. A person confirms each.`;
  return `${[style.strong(head), style.quiet(`Searched: ${searched}`), ...proposals.flatMap((one) => block(one, style))].join("\n")}\n`;
}

function block(
  { advisory, title, says, grade, evidence, cves, fixedIn, publishedAt }: DeviceProposal,
  style: Style,
): string[] {
  const mark = says === "affected" ? style.warn : style.quiet;
  return [
    `${mark(SAYS[says].padEnd(12))} ${plain(advisory)} (${grade} likeness)  ${plain(title).replace(`${advisory}: `, "")}`,
    ...evidence.map((sentence) => `             ${plain(sentence)}`),
    `             ${cves.length === 1 ? "1 vulnerability" : `${cves.length} vulnerabilities`}: ${cves.slice(0, 6).map(plain).join(", ")}${cves.length > 6 ? ", …" : ""}${publishedAt === null ? "" : `; published ${publishedAt.slice(0, 10)}`}${fixedIn.length === 0 ? "" : `; good from ${fixedIn.slice(0, 3).map(plain).join(", ")}`}`,
  ];
}
