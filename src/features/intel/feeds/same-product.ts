import type { Feed } from "../feed.ts";

const SOURCE = "purl2cpe";
const HEADER = "cpe_vendor\tcpe_product\tpurl";

/** Which package URL and which CPE vendor and product name the same thing: tab-separated, three columns (purl2cpe). */
export default {
  name: "same-product",
  title: "Package URL to CPE mapping",
  recognise: (document) => document.text().startsWith(HEADER),
  *read(document, report) {
    let line = 0;
    for (const text of document.text().split("\n")) {
      line += 1;
      const [cpeVendor = "", cpeProduct = "", purl = ""] = text.replace(/\r$/, "").split("\t");
      if (line === 1 || text === "") continue;
      if (cpeVendor === "" || cpeProduct === "" || !/^pkg:[a-z0-9.+-]+\/./i.test(purl))
        report(`line ${line}`, "The row is not a CPE vendor, a CPE product and a package URL");
      else yield { kind: "same-product", sameProduct: { purl, cpeVendor, cpeProduct, source: SOURCE } };
    }
  },
} satisfies Feed;
