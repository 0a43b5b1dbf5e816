import * as z from "zod";
import { Checkpoint } from "./checkpoint.ts";
import { LedgerEntry } from "./entry.ts";

export const HEADER = "ledger-header/1";
export const FOOTER = "ledger-footer/1";

const Signatures = z.strictObject({ ed25519: z.string(), mlDsa65: z.string() });

export const Header = z.strictObject({
  organizationId: z.string(),
  organizationName: z.string(),
  exportedAt: z.iso.datetime(),
  keys: z.array(z.strictObject({ keyId: z.string(), ed25519: z.string(), mlDsa65: z.string() })).min(1),
  keyId: z.string(),
  signatures: Signatures,
});
export type Header = z.infer<typeof Header>;

/** Says where the ledger ended, so that a shortened file shows. */
export const Footer = z.strictObject({
  organizationId: z.string(),
  sequence: z.int().nonnegative(),
  hash: z.string(),
  lastCheckpoint: z.int().nonnegative(),
  exportedAt: z.iso.datetime(),
  keyId: z.string(),
  signatures: Signatures,
});
export type Footer = z.infer<typeof Footer>;

/** A line of an export holds exactly one of these. */
export const ExportLine = z.union([
  z.strictObject({ header: Header }),
  z.strictObject({ entry: LedgerEntry }),
  z.strictObject({ checkpoint: Checkpoint }),
  z.strictObject({ footer: Footer }),
]);
export type ExportLine = z.infer<typeof ExportLine>;
