import { canonicalJson } from "../../lib/canonical-json.ts";
import { GENESIS, type Link, whyBroken } from "../../lib/hash-chain.ts";
import { CHECKPOINT, type Checkpoint } from "./checkpoint.ts";
import type { LedgerEntry } from "./entry.ts";
import { ExportLine, FOOTER, type Footer, HEADER, type Header } from "./export-format.ts";
import { type PublicKeys, type Signatures, whyUnsigned, withId } from "./keys.ts";

/** The first record that does not verify: its line in the file, the number of the entry it is or stands after, and why. */
export interface BadRecord {
  line: number;
  sequence: number;
  record: "header" | "entry" | "checkpoint" | "footer";
  reason: string;
}

export interface Verdict {
  bad: BadRecord | null;
  entries: number;
  checkpoints: number;
  lastSigned: number;
  organization: { id: string; name: string } | null;
  keys: PublicKeys[];
}

/**
 * Checks an export line by line, in bounded memory, and stops at the first bad record. `trusted`: the key ids to accept; null
 * takes the file's own keys, which proves only that nobody changed it without making new keys.
 */
export function ledgerVerifier(trusted: readonly string[] | null) {
  let header: Header | null = null;
  let footer: Footer | null = null;
  let last: Link = GENESIS;
  let checkpoint = 0;
  let checkpoints = 0;
  let line = 0;
  let bad: BadRecord | null = null;

  const fail = (record: BadRecord["record"], reason: string, sequence = last.sequence) => {
    bad ??= { line, sequence, record, reason };
  };

  const whySignedWrong = (
    purpose: string,
    { signatures, ...body }: { keyId: string; signatures: Signatures } & (Header | Footer | Checkpoint),
  ) => {
    const keys = header?.keys.find(({ keyId }) => keyId === body.keyId);
    return keys === undefined
      ? "it is signed with a key the header does not name"
      : whyUnsigned(keys, purpose, body, signatures);
  };

  const onHeader = (found: Header) => {
    header = found;
    const forged = found.keys.find(({ keyId, ed25519, mlDsa65 }) => withId(ed25519, mlDsa65).keyId !== keyId);
    const untrusted = trusted === null ? undefined : found.keys.find(({ keyId }) => !trusted.includes(keyId));
    if (forged) fail("header", `key ${forged.keyId} is not what its id says`);
    else if (untrusted) fail("header", `key ${untrusted.keyId} is not a trusted key`);
    else check("header", whySignedWrong(HEADER, found));
  };

  const onEntry = (entry: LedgerEntry) => {
    const reason =
      entry.organizationId === header?.organizationId ? whyBroken(last, entry) : "it belongs to another organisation";
    if (reason !== null) return fail("entry", reason, last.sequence + 1);
    last = { sequence: entry.sequence, hash: entry.hash };
  };

  const onCheckpoint = (found: Checkpoint) => {
    if (found.sequence === last.sequence && found.previousSequence > checkpoint)
      return missingCheckpoint(found.previousSequence);
    check("checkpoint", whyMisplaced(found) ?? whySignedWrong(CHECKPOINT, found), found.sequence);
    checkpoint = found.sequence;
    checkpoints += 1;
  };

  const missingCheckpoint = (sequence: number) =>
    fail("checkpoint", `the checkpoint after entry ${sequence} is missing`, sequence);

  const whyMisplaced = (found: Checkpoint): string | null => {
    if (found.organizationId !== header?.organizationId) return "it belongs to another organisation";
    if (found.sequence !== last.sequence)
      return `it signs entry ${found.sequence} and stands after entry ${last.sequence}`;
    if (found.previousSequence < checkpoint) return "it stands here again or out of order";
    if (found.hash !== last.hash) return `the entries ${checkpoint + 1} to ${last.sequence} are not the ones it signed`;
    return null;
  };

  const onFooter = (found: Footer) => {
    footer = found;
    const unsigned = whySignedWrong(FOOTER, found);
    if (unsigned !== null) return fail("footer", unsigned);
    if (found.organizationId !== header?.organizationId || found.exportedAt !== header.exportedAt)
      return fail("footer", "it belongs to another export");
    if (found.sequence > last.sequence)
      return fail(
        "entry",
        `entry ${last.sequence + 1} is missing: the ledger ends at ${found.sequence}`,
        last.sequence + 1,
      );
    if (found.lastCheckpoint !== checkpoint) return missingCheckpoint(found.lastCheckpoint);
    if (found.sequence !== last.sequence || found.hash !== last.hash)
      return fail("footer", `the ledger's head is entry ${found.sequence} with another hash than the last entry here`);
  };

  const check = (record: BadRecord["record"], reason: string | null, sequence = last.sequence) => {
    if (reason !== null) fail(record, reason, sequence);
  };

  const onLine = (text: string) => {
    const parsed = parseLine(text);
    const expected = header === null ? "header" : "entry";
    if (footer !== null) return fail("footer", "something stands after it");
    if (typeof parsed === "string")
      return fail(guessRecord(text, expected), parsed, last.sequence + (header === null ? 0 : 1));
    if ("header" in parsed !== (header === null))
      return fail(
        expected,
        header === null ? "the header is missing" : "a header stands here",
        last.sequence + (header === null ? 0 : 1),
      );
    if ("header" in parsed) return onHeader(parsed.header);
    if ("entry" in parsed) return onEntry(parsed.entry);
    if ("checkpoint" in parsed) return onCheckpoint(parsed.checkpoint);
    return onFooter(parsed.footer);
  };

  return {
    /** Takes the next line, without its line end. False: a bad record was found, the rest need not be read. */
    line(text: string): boolean {
      line += 1;
      if (bad === null) onLine(text);
      return bad === null;
    },
    end(): Verdict {
      if (header === null) fail("header", "the header is missing");
      if (footer === null) fail("footer", `the file ends after entry ${last.sequence}, without a footer`);
      const organization = header === null ? null : { id: header.organizationId, name: header.organizationName };
      return {
        bad,
        entries: last.sequence,
        checkpoints,
        lastSigned: checkpoint,
        organization,
        keys: header?.keys ?? [],
      };
    },
  };
}

/** The line's record, or why it is none. A line that says the same in other bytes was changed too. */
function parseLine(text: string): ExportLine | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "it is not a line of JSON";
  }
  const parsed = ExportLine.safeParse(value);
  if (!parsed.success) return "it has not the form of a ledger record";
  return canonicalJson(parsed.data) === text ? parsed.data : "its bytes are not those that were written";
}

const guessRecord = (text: string, otherwise: BadRecord["record"]): BadRecord["record"] =>
  (["header", "entry", "checkpoint", "footer"] as const).find((name) => text.startsWith(`{"${name}"`)) ?? otherwise;
