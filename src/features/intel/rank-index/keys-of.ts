import { cpeProductKey, parseCpe } from "../identity/cpe.ts";
import type { Affected } from "../schema.ts";
import { cpeKey, packageKey, productKey, vendorAndProduct } from "./key.ts";

/** The key an affected item is found under; null when it names nothing that can be asked for. */
export function keyOfAffected(affected: Affected): string | null {
  if (affected.package !== null) return packageKey(affected.package.ecosystem, affected.package.name);
  if (affected.cpe !== null) return keyOfCpe(affected.cpe);
  if (affected.product === null || isBlank(affected.product.name)) return null;
  return productKey(affected.product.vendor, affected.product.name);
}

/** CVE records say `n/a` where they name no product. */
const isBlank = (name: string) => /^\s*(n\/a|-|unspecified|unknown|\*)?\s*$/i.test(name);

function keyOfCpe(text: string): string | null {
  try {
    const [vendor, product] = vendorAndProduct(cpeProductKey(parseCpe(text)));
    return product === "*" || product === "-" ? null : cpeKey(vendor, product);
  } catch {
    return null;
  }
}
