import * as z from "zod";
import type { Feed } from "../feed.ts";
import { supportOfProduct } from "../normalise/endoflife.ts";
import { EndOfLifeProduct } from "../normalise/endoflife-shape.ts";
import { isObject } from "../normalise/values.ts";

const text = z.string().nullish();
const day = z.union([z.string(), z.boolean()]).nullish();
const ApiRelease = z.object({
  name: z.string(),
  codename: text,
  releaseDate: text,
  isEoas: z.boolean().nullish(),
  eoasFrom: day,
  isEol: z.boolean().nullish(),
  eolFrom: day,
  isEoes: z.boolean().nullish(),
  eoesFrom: day,
  latest: z.object({ name: text, date: text }).nullish(),
});
const ApiProduct = z.object({
  name: z.string(),
  label: z.string(),
  identifiers: z.array(z.object({ id: z.string(), type: z.string() })).nullish(),
  labels: z.object({ eoes: z.union([z.string(), z.boolean()]).nullish() }).nullish(),
  releases: z.array(z.unknown()),
});

/** endoflife.date's API v1: one product, or all of them in `result` (endoflife.date/docs/api/v1). */
export default {
  name: "endoflife-api",
  title: "Ends of support (endoflife.date, API v1)",
  recognise(document) {
    const value = document.data();
    return isObject(value) && typeof value.schema_version === "string" && "generated_at" in value && "result" in value;
  },
  *read(document, report) {
    const value = document.data();
    if (!isObject(value)) return;
    if (typeof value.generated_at === "string")
      yield { kind: "as-of", source: "endoflife.date", at: value.generated_at };
    const products = Array.isArray(value.result) ? value.result : [value.result];
    for (const [i, item] of products.entries()) {
      const at = Array.isArray(value.result) ? `/result/${i}` : "/result";
      const product = productIn(item, at, report);
      if (product !== null)
        yield {
          kind: "support",
          support: supportOfProduct(product, (place, reason) => report(`${at}${place}`, reason)),
        };
    }
  },
} satisfies Feed;

/** As the repository's front matter has it, so that both ways say the same. */
function productIn(item: unknown, at: string, report: (at: string, reason: string) => void): EndOfLifeProduct | null {
  const parsed = ApiProduct.safeParse(item);
  const product = parsed.success
    ? EndOfLifeProduct.safeParse({
        title: parsed.data.label,
        permalink: `/${parsed.data.name}`,
        eoesColumn: parsed.data.labels?.eoes ?? undefined,
        identifiers: (parsed.data.identifiers ?? []).map(({ id, type }) => ({ [type]: id })),
        releases: parsed.data.releases.map(releaseIn),
      })
    : parsed;
  if (product.success) return product.data as EndOfLifeProduct;
  const issue = product.error.issues[0];
  report(`${at}/${issue?.path.map(String).join("/") ?? ""}`, issue?.message ?? "This is no product");
  return null;
}

/** A release that is none stays as it is: reading it names what is wrong. */
function releaseIn(value: unknown): unknown {
  const parsed = ApiRelease.safeParse(value);
  if (!parsed.success) return value;
  const { name, codename, releaseDate, latest, ...ends } = parsed.data;
  return {
    releaseCycle: name,
    codename,
    releaseDate: releaseDate ?? "",
    eoas: ends.eoasFrom ?? ends.isEoas ?? undefined,
    eol: ends.eolFrom ?? ends.isEol ?? undefined,
    eoes: ends.eoesFrom ?? ends.isEoes ?? undefined,
    latest: latest?.name,
    latestReleaseDate: latest?.date,
  };
}
