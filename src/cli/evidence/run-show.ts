import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { readEvidence } from "../../features/evidence/read-evidence.ts";
import type { EvidenceFacts, EvidenceKind } from "../../features/evidence/schema.ts";
import { Fault } from "../../lib/fault.ts";
import { writeOut } from "../output.ts";
import { factsTable } from "./table.ts";

export interface ShowRequest {
  files: readonly string[];
  expect: EvidenceKind | null;
  format: "table" | "json";
}

/** Reads files as the server would and says what it sees in them. */
export async function runShow({ files, expect, format }: ShowRequest): Promise<number> {
  const shown: (EvidenceFacts & { file: string; sha256: string })[] = [];
  for (const file of files) {
    const { facts, sha256 } = await readFile(file, expect);
    if (format === "table") writeOut(`${files.length > 1 ? `${file}\n` : ""}${factsTable(facts, sha256)}\n`);
    else shown.push({ file, sha256, ...facts });
  }
  if (format === "json") writeOut(`${JSON.stringify(shown, null, 2)}\n`);
  return 0;
}

/** A file read in pieces, with its hash. Fault `not_found`. */
export async function readFile(
  file: string,
  expect: EvidenceKind | null,
): Promise<{ facts: EvidenceFacts; sha256: string }> {
  const hash = createHash("sha256");
  async function* pieces() {
    try {
      for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
        hash.update(piece);
        yield piece;
      }
    } catch (cause) {
      throw new Fault("not_found", "The file cannot be read", {
        at: file,
        fix: "Check its name and its rights",
        cause,
      });
    }
  }
  const facts = await readEvidence(pieces(), { name: basename(file), expect });
  return { facts, sha256: hash.digest("hex") };
}
