/** How much of an SBOM is read before it is refused. The largest real ones known hold some 100,000 parts. */
export interface SbomLimits {
  /** Of the file, in bytes. */
  maxBytes: number;
  /** Parts, nested ones and files included. */
  maxComponents: number;
  /** Levels of JSON arrays and objects, or of XML elements; a nested CycloneDX component takes two. */
  maxDepth: number;
  /** JSON values, XML elements that are read, or tags: what a document can make of memory, however short it writes them. */
  maxValues: number;
  /** Problems kept; beyond it they are counted only. */
  maxProblems: number;
}

export const SBOM_LIMITS: SbomLimits = {
  maxBytes: 256 * 1024 * 1024,
  maxComponents: 200_000,
  maxDepth: 2_000,
  maxValues: 5_000_000,
  maxProblems: 1_000,
};
