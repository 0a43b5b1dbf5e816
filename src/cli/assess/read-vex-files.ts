import { notToCome } from "../../features/intel/vex/not-to-come.ts";
import { readVex, VEX_LIMITS } from "../../features/intel/vex/read-vex.ts";
import type { VexRefusal, VexStatement } from "../../features/intel/vex/schema.ts";
import { Fault } from "../../lib/fault.ts";
import type { InputLimits } from "../../platform/files/input-limits.ts";
import { walkInputs } from "../../platform/files/walk-inputs.ts";

const MB = 1024 * 1024;
const limits: InputLimits = {
  maxEntryBytes: VEX_LIMITS.maxBytes,
  maxTotalBytes: 2_048 * MB,
  maxEntries: 50_000,
  maxRatio: 200,
  ratioFreeBytes: 16 * MB,
};

export interface VexFiles {
  statements: VexStatement[];
  refused: VexRefusal[];
}

/**
 * The statements of files, folders and archives. In a folder, what is no VEX document is named among the refused; a file that was
 * named itself and cannot be read is a Fault.
 */
export async function readVexFiles(paths: readonly string[], now: Date): Promise<VexFiles> {
  const files: VexFiles = { statements: [], refused: [] };
  for await (const document of walkInputs(paths, { limits })) {
    try {
      const chunks: Uint8Array[] = [];
      for await (const chunk of document.bytes()) chunks.push(chunk);
      const { statements, refused } = notToCome(readVex(Buffer.concat(chunks), { name: document.path }), now);
      for (const statement of statements) files.statements.push(statement);
      files.refused.push(...refused);
    } catch (fault) {
      if (!(fault instanceof Fault) || paths.includes(document.path)) throw fault;
      files.refused.push({ at: fault.at ?? document.path, reason: fault.message });
    }
  }
  return files;
}

/** What was said by this instant; what bears no date was always said. */
export const saidBy = (statements: readonly VexStatement[], until: Date | null): VexStatement[] =>
  statements.filter(({ issuedAt }) => until === null || issuedAt === null || new Date(issuedAt) <= until);
