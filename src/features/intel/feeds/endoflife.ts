import type { Feed } from "../feed.ts";
import { supportOfProduct } from "../normalise/endoflife.ts";
import { EndOfLifeProduct } from "../normalise/endoflife-shape.ts";
import { isObject } from "../normalise/values.ts";

/** Release cycles and their ends of support: the front matter of endoflife.date's product pages (endoflife.date). */
export default {
  name: "endoflife",
  title: "Ends of support (endoflife.date)",
  recognise(document) {
    const data = document.data();
    return isObject(data) && typeof data.permalink === "string" && Array.isArray(data.releases);
  },
  *read(document, report) {
    const support = supportOfProduct(EndOfLifeProduct.parse(document.data()), report);
    yield { kind: "support", support };
  },
} satisfies Feed;
