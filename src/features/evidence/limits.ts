/** How much of a file is read before it is refused. */
export const EVIDENCE_LIMITS = {
  /** XML, CSV and text are read in pieces. */
  maxBytes: 256 * 1024 * 1024,
  /** JSON stands in memory whole. */
  maxJsonBytes: 64 * 1024 * 1024,
  maxDepth: 100,
  maxJsonValues: 2_000_000,
  /** Characters of one XML text or tag. */
  maxXmlPiece: 8 * 1024 * 1024,
  maxFindings: 20_000,
  maxSubjects: 200,
  maxProblems: 200,
  /** Characters kept of a text element while it is read. */
  maxText: 20_000,
} as const;
