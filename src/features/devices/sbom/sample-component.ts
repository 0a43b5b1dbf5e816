import type { Component } from "./schema.ts";

/** A component that says nothing but what a test is about. */
export const sampleComponent = (said: Partial<Component>): Component => ({
  ref: "#1",
  type: "library",
  group: null,
  name: "part",
  version: null,
  purl: null,
  cpes: [],
  hashes: [],
  supplier: null,
  licenses: [],
  parent: null,
  ...said,
});
