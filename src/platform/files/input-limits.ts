/** What one walk may cost. Sizes are unpacked bytes. */
export interface InputLimits {
  /** One document. */
  maxEntryBytes: number;
  /** All documents of one input together. */
  maxTotalBytes: number;
  /** Documents and folders of one input. */
  maxEntries: number;
  /** Unpacked to packed, judged once more than `ratioFreeBytes` are unpacked. */
  maxRatio: number;
  ratioFreeBytes: number;
}

const MB = 1024 * 1024;

/** Wide enough for every public feed (the whole OSV archive is about 3 GB unpacked), tight enough for a zip bomb. */
export const feedLimits: InputLimits = {
  maxEntryBytes: 1024 * MB,
  maxTotalBytes: 32 * 1024 * MB,
  maxEntries: 2_000_000,
  maxRatio: 200,
  ratioFreeBytes: 16 * MB,
};
