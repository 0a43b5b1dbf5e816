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

  /**
   * Vendor, product, version (CSAF 2.0, 3.2.2), by which hospitals' tools find a device: no register names devices by CPE or package URL,
   * and an invented name would be taken for one. A maker that is not named is the publisher.
   */
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
        ...(model === "" ? {} : { product_identification_helper: { model_numbers: [model] } }),
      },
    };
  }
}
