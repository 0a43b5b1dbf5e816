import type { AdvisoryProduct } from "../schema.ts";

/** Product ids of an advisory, one for each release that something is said of, and the tree that says what they are. */
export class ProductIds {
  readonly #ids: ReadonlyMap<string, string>;
  readonly #products: readonly AdvisoryProduct[];

  constructor(products: readonly AdvisoryProduct[], said: ReadonlySet<string>) {
    this.#products = [...new Map(products.map((one) => [one.releaseId, one])).values()].filter(({ releaseId }) =>
      said.has(releaseId),
    );
    this.#ids = new Map(
      this.#products.map(({ releaseId }, i) => [releaseId, `CSAFPID-${String(i + 1).padStart(4, "0")}`]),
    );
  }

  of(releaseIds: readonly string[]): string[] {
    return [...new Set(releaseIds.flatMap((id) => this.#ids.get(id) ?? []))];
  }

  /** Vendor, product, version (CSAF 2.0, 3.2.2). A maker that is not named is the publisher. */
  tree(publisher: string): object {
    const vendors = Map.groupBy(this.#products, ({ vendor }) => vendor || publisher);
    return {
      branches: [...vendors].map(([vendor, made]) => ({
        category: "vendor",
        name: vendor,
        branches: [...Map.groupBy(made, ({ name }) => name)].map(([name, versions]) => ({
          category: "product_name",
          name,
          branches: versions.map((one) => this.#version(vendor, one)),
        })),
      })),
    };
  }

  #version(vendor: string, { releaseId, name, model, version }: AdvisoryProduct): object {
    return {
      category: "product_version",
      name: version,
      product: {
        product_id: this.#ids.get(releaseId),
        name: `${vendor} ${name} ${version}`,
        product_identification_helper: {
          ...(model === "" ? {} : { model_numbers: [model] }),
          purl: `pkg:generic/${encode(name)}@${encode(version)}`,
        },
      },
    };
  }
}

/** As package URLs write it: all but the unreserved signs in percent, the colon plain. */
const encode = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%3A", ":");
