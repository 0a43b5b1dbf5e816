import type { Component } from "../../devices/sbom/schema.ts";
import { systemOf } from "../match/identify.ts";
import { type SupportIntel, supportOf } from "../support/support-of.ts";
import { nameOf } from "./findings.ts";
import type { PartSupport } from "./schema.ts";

/** Every part with its level of support on a day, in the order of the parts. */
export function supportOfParts(components: readonly Component[], intel: SupportIntel, asOf: Date): PartSupport[] {
  const system = systemOf(components);
  return components.map((component) => ({
    component: nameOf(component),
    ...supportOf(component, intel, { asOf, system }),
  }));
}
