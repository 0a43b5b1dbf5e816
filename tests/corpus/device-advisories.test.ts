import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import {
  proposeDeviceMatches,
  type WordedItem,
  wordedItems,
} from "../../src/features/intel/device-advisories/propose.ts";
import { DeviceProposal } from "../../src/features/intel/device-advisories/schema.ts";
import { IndexBuilder } from "../../src/features/intel/rank-index/build-index.ts";
import { RankIndex } from "../../src/features/intel/rank-index/open-index.ts";
import { readFeeds } from "../../src/features/intel/read-feeds.ts";
import { MemoryFile } from "../../src/lib/random-access.ts";
import { feedLimits } from "../../src/platform/files/input-limits.ts";
import { walkInputs } from "../../src/platform/files/walk-inputs.ts";
import { feeds } from "../support/read-feed-text.ts";

const corpus = join(process.env.CORDON_CORPUS ?? resolve(import.meta.dirname, "../../../shared/data"), "threats");
const archive = join(corpus, "cisa-csaf/icsma-all.tar.gz");
const there = existsSync(archive);
if (!there) console.log("skipped: CISA's medical advisories are not in the corpus (set CORDON_CORPUS)");

type Says = DeviceProposal["says"] | "none";

describe.runIf(there)("CISA's 144 medical advisories against devices", () => {
  let items: ReadonlyMap<string, WordedItem[]>;

  beforeAll(async () => {
    const file = new MemoryFile("icsma.db");
    const builder = new IndexBuilder(file, new Date("2026-11-01T00:00:00Z"));
    for await (const item of readFeeds(walkInputs([archive], { limits: feedLimits }), { feeds }))
      if (item.type === "record") builder.add(item.record);
    builder.finish();
    const index = new RankIndex(file);
    items = wordedItems(index, Array(index.about.counts.records).keys());
  });

  const ask = (vendor: string, name: string, version: string | null, model: string | null = null) =>
    proposeDeviceMatches(items, [{ vendor, name, model, version }]);

  // Each line was read against the vendor, product and version texts of the advisory's product tree.
  test.each<[vendor: string, product: string, version: string | null, advisory: string, says: Says]>([
    ["GE", "Optima 540", null, "ICSMA-18-037-02", "affected"],
    ["GE", "Optima 545", null, "ICSMA-18-037-02", "none"],
    ["General Electric", "Discovery NM530c", "1.002", "ICSMA-18-037-02", "affected"],
    ["General Electric", "Discovery NM530c", "1.003", "ICSMA-18-037-02", "not-affected"],
    ["Philips", "IntelliVue MX40", "B.05", "ICSMA-17-255-01", "affected"],
    ["Philips", "IntelliVue MX40", "B.06.18", "ICSMA-17-255-01", "not-affected"],
    ["Philips", "IntelliVue MX40", "B.05", "ICSMA-18-156-01", "none"],
    ["Philips", "IntelliVue MX450", "L", "ICSMA-18-156-01", "not-decided"],
    ["Philips", "Avalon FM30", "J.3", "ICSMA-18-156-01", "affected"],
    ["Philips", "IntelliSpace Portal", "8.0.3", "ICSMA-18-058-02", "affected"],
    ["Philips", "IntelliSpace Portal", "9.0", "ICSMA-18-058-02", "not-affected"],
    ["Philips Healthcare", "Vue PACS", "12.2.8.400", "ICSMA-24-200-01", "affected"],
    ["Philips Healthcare", "Vue PACS", "12.2.8.410", "ICSMA-24-200-01", "not-affected"],
    ["Philips", "Vue Motion", "12.2.1.5", "ICSMA-24-200-01", "none"],
    ["Philips", "Brilliance 16", "2.0", "ICSMA-18-123-01", "none"],
    ["Hillrom", "Connex Spot Monitor", "1.52", "ICSMA-24-151-02", "affected"],
    ["Baxter", "Connex Spot Monitor", "1.52", "ICSMA-21-152-01", "not-affected"],
    ["Baxter", "Connex Spot Monitor", "1.51", "ICSMA-21-152-01", "affected"],
    ["Welch Allyn", "ELI 380", "2.6.0", "ICSMA-22-167-01", "affected"],
    ["Welch Allyn", "ELI 380", "2.7.0", "ICSMA-22-167-01", "not-affected"],
    ["BD", "Alaris 8015", "9.5", "ICSMA-17-017-02", "affected"],
    ["CareFusion", "Alaris 8015", "9.33", "ICSMA-17-017-02", "affected"],
    ["BD", "Alaris GW", "2.3.6", "ICSMA-18-235-01", "none"],
    ["BD", "Alaris GH", "2.3.6", "ICSMA-18-235-01", "affected"],
    ["OFFIS", "DCMTK", "3.6.6", "ICSMA-22-174-01", "affected"],
    ["OFFIS", "DCMTK", "3.6.7", "ICSMA-22-174-01", "not-affected"],
    ["Santesoft", "Sante DICOM Viewer Pro", "14.0.3", "ICSMA-24-058-01", "affected"],
    ["Santesoft", "Sante DICOM Viewer Pro", "14.0.3", "ICSMA-23-285-01", "not-affected"],
    ["Contec Medical Systems Co., Ltd.", "CMS8000", "any", "ICSMA-22-244-01", "affected"],
    ["Siemens", "CMS8000", "1.0", "ICSMA-22-244-01", "none"],
    ["Hamilton Medical", "T1 Ventilator", "2.2.3", "ICSMA-21-047-01", "affected"],
    ["Innokas Yhtymä Oy", "VC150", "1.7.14", "ICSMA-21-007-01", "affected"],
    ["ICU Medical", "Medfusion 4000", "1.5", "ICSMA-17-250-02A", "affected"],
    ["ICU Medical", "Medfusion 4000", "1.2", "ICSMA-17-250-02A", "not-affected"],
    ["Softneta", "MedDream PACS", "7.2.8.810", "ICSMA-23-248-01", "affected"],
    ["B. Braun", "SpaceStation", "L80", "ICSMA-17-082-02", "not-decided"],
    ["Boston Scientific", "LATITUDE 3300", "1.0", "ICSMA-17-292-01", "none"],
    // Names as hospitals' and makers' lists have them: families, spans of models, abbreviations, former makers.
    ["Philips", "IntelliVue MX850", "N.01", "ICSMA-20-254-01", "affected"],
    ["Philips", "IntelliVue MX700", "P.00", "ICSMA-20-254-01", "not-affected"],
    ["Philips Medical Systems", "IntelliVue MP70", "M.04", "ICSMA-20-254-01", "affected"],
    ["Philips Medical Systems", "IntelliVue MP70", "M.04", "ICSMA-19-255-01", "not-decided"],
    ["Philips", "PIC iX", "C.02", "ICSMA-20-254-01", "affected"],
    ["Philips", "EPIQ 7", "VM5.0", "ICSMA-20-177-01", "affected"],
    ["Philips", "Affiniti 70", "VM4.0", "ICSMA-20-177-01", "affected"],
    ["Philips", "ClearVue 550", "3.1", "ICSMA-20-177-01", "affected"],
    ["Philips", "CX50", "5.0.1", "ICSMA-20-177-01", "affected"],
    ["Philips", "Efficia CM120", "A.02", "ICSMA-21-322-02", "not-decided"],
    ["Philips", "Gemini TF", null, "ICSMA-21-084-01", "not-decided"],
    ["Philips", "MRI 3T", "5.7.1", "ICSMA-21-313-01", "affected"],
    ["Philips", "MRI 3T", "11.1", "ICSMA-21-313-01", "not-affected"],
    ["Philips", "Vue PACS", "12.2.5.1", "ICSMA-21-187-01", "affected"],
    ["Philips", "Vue PACS", "12.3.0", "ICSMA-21-187-01", "not-affected"],
    ["Gambro", "PrismaFlex", "8.1", "ICSMA-20-170-02", "affected"],
    ["Baxter", "Phoenix X36", "3.40", "ICSMA-20-170-03", "affected"],
    ["GE", "CARESCAPE Central Station MAI700", "1.2", "ICSMA-20-023-01", "affected"],
    ["GE Medical Systems", "Vivid E95", null, "ICSMA-20-049-02", "affected"],
    ["GE", "LOGIQ 100 Pro", null, "ICSMA-20-049-02", "none"],
    ["GE", "Optima CT660", null, "ICSMA-20-343-01", "affected"],
    ["St. Jude Medical", "Merlin@home EX1150", "8.2.1", "ICSMA-17-009-01A", "affected"],
    ["Roche", "Accu-Chek Inform II", "03.06.00", "ICSMA-18-310-01", "not-decided"],
    ["BD", "Synapsys", "4.20 SR1", "ICSMA-22-151-02", "affected"],
    ["BD", "Alaris Pump Module 8100", "9.19", "ICSMA-23-047-01", "none"],
    ["Medtronic", "Evera XT DR ICD", null, "ICSMA-19-080-01", "affected"],
  ])("%s %s %s: %s %s", (vendor, product, version, advisory, says) => {
    const found = ask(vendor, product, version).filter((one) => one.advisory === advisory);
    expect(found[0]?.says ?? "none", JSON.stringify(found, null, 1)).toBe(says);
    for (const one of found) {
      expect(DeviceProposal.safeParse(one).error).toBeUndefined();
      expect(one.evidence.length).toBeGreaterThanOrEqual(3);
    }
  });

  test("a model number that stands where versions belong is met", () => {
    const [found] = ask("Medtronic", "MiniMed 630G", null, "MMT-1715");
    expect(found).toMatchObject({ advisory: "ICSMA-22-263-01", says: "affected", grade: "strong" });
    expect(ask("Medtronic", "MiniMed 780G", null, "MMT-1880")).toEqual([]);
  });

  test("every product an advisory names is proposed for itself, where its name says anything", () => {
    const counts = { products: 0, found: 0, affected: 0, "not-affected": 0, "not-decided": 0, unnamed: 0 };
    const documents = new Set<string>();
    const seen = new Set<string>();
    for (const { head, product } of [...items.values()].flat()) {
      const document = head.id.split("/")[0] ?? "";
      const key = JSON.stringify([document, product]);
      if (seen.has(key)) continue;
      seen.add(key);
      counts.products++;
      documents.add(document);
      const own = ask(product.vendor, product.name, null).find(({ advisory }) => head.id.startsWith(`${advisory}/`));
      if (own === undefined) counts.unnamed++;
      else {
        counts.found++;
        counts[own.says]++;
      }
    }
    console.log(`device advisories: ${documents.size} documents, without a version: ${JSON.stringify(counts)}`);
    expect(documents.size).toBe(144);
    expect(counts.found / counts.products).toBeGreaterThan(0.9);
  });
});
