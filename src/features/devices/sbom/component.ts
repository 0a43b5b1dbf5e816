import { readHash } from "./hashes.ts";
import { cpeFlaw, purlFlaw, purlParts } from "./identifiers.ts";
import type { Reading } from "./reading.ts";
import type { Component, ComponentScope, ComponentType, Hash } from "./schema.ts";
import { lacksSource } from "./source-package.ts";

/** What a document states of one component, before it is judged. */
export interface Stated {
  ref: string;
  type: ComponentType;
  scope?: ComponentScope;
  group: string | null;
  name: string | null;
  version: string | null;
  purls: readonly string[];
  /** The source package, where the document names it beside the package URL. */
  source?: string | null;
  cpes: readonly string[];
  hashes: readonly { algorithm: string; value: string }[];
  supplier: string | null;
  licenses: readonly string[];
  parent: string | null;
}

/**
 * The component as stated; whatever is missing or malformed is kept and reported.
 * A name or version the document leaves out is taken from the purl where that states one.
 */
export function toComponent(reading: Reading, stated: Stated, at: string): Component {
  const { purls, hashes, cpes, source = null, ...rest } = stated;
  const [purl = null, ...others] = distinct(purls);
  const report = (reason: string) => reading.report(at, reason);
  if (others.length > 0) report(`It states ${others.length + 1} package URLs; the first is used.`);
  const purlWrong = purl === null ? null : purlFlaw(purl);
  if (purlWrong !== null) report(`Its package URL is malformed: ${purlWrong}.`);
  const fromPurl = purl === null || purlWrong !== null ? null : purlParts(purl);
  const name = stated.name ?? fromPurl?.name ?? null;
  if (name === null) report("It has no name.");
  const version = stated.version ?? fromPurl?.version ?? null;
  if (version === null && stated.type !== "file") report("It has no version.");
  return {
    ...rest,
    name: name ?? "",
    version,
    purl,
    ...(source !== null && purl !== null && lacksSource(purl) ? { source } : {}),
    cpes: readCpes(cpes, report),
    hashes: readHashes(hashes, report),
    licenses: distinct(stated.licenses),
  };
}

function readCpes(cpes: readonly string[], report: (reason: string) => void): string[] {
  const names = distinct(cpes);
  for (const cpe of names) {
    const flaw = cpeFlaw(cpe);
    if (flaw !== null) report(`Its CPE is malformed: ${flaw}.`);
  }
  return names;
}

function readHashes(stated: Stated["hashes"], report: (reason: string) => void): Hash[] {
  return stated.map(({ algorithm, value }) => {
    const { hash, flaw } = readHash(algorithm, value);
    if (flaw !== null) report(`Its ${algorithm} hash is malformed: ${flaw}.`);
    return hash;
  });
}

const distinct = (texts: readonly string[]): string[] => (texts.length < 2 ? [...texts] : [...new Set(texts)]);
