import type { EvidenceClaim, KeptFinding, Disposition as ServerDisposition } from "../../evidence/stored/schema.ts";
import type { SecurityFile } from "../schema.ts";
import type { TestFinding } from "./schema.ts";

/** A file that a security file in Git names as evidence, and what it says of it. */
export interface EvidenceFile {
  /** Inside the folder of the security file. */
  path: string;
  sha256: string | null;
  claim: EvidenceClaim;
}

/** The evidence files beside a security file, each with what it proves, so that a server can take them in. */
export function evidenceFilesOf({ evidence, controls, tests }: SecurityFile): EvidenceFile[] {
  const kinds = new Map<string, "control" | "test">([
    ...controls.map(({ id }) => [id, "control"] as const),
    ...tests.map(({ id }) => [id, "test"] as const),
  ]);
  return evidence.flatMap(({ file, sha256, provesFrom, provesUntil, proves, description }) =>
    file === null
      ? []
      : [
          {
            path: file,
            sha256,
            claim: {
              proves: proves.flatMap((id) => ({ kind: kinds.get(id) ?? "control", id })),
              from: provesFrom,
              until: provesUntil,
              kind: DOCUMENT.test(file) ? "document" : null,
              note: description,
              supersedes: null,
            },
          },
        ],
  );
}

const DOCUMENT = /\.(txt|md|pdf|png|jpe?g|docx)$/i;

/** What the file decided of findings that stand open on the server: those of the same name. */
export function dispositionsIn(
  { tests }: SecurityFile,
  open: readonly Pick<KeptFinding, "id" | "title" | "revision">[],
): { finding: { id: string; revision: number }; disposition: ServerDisposition }[] {
  const decided = new Map(
    tests
      .flatMap(({ findings }) => findings)
      .flatMap(({ name, disposition }) => (disposition === null ? [] : [[name, disposition] as const])),
  );
  return open.flatMap(({ id, title, revision }) => {
    const disposition = decided.get(title);
    const known = disposition === undefined ? null : onServer(disposition);
    return known === null ? [] : [{ finding: { id, revision }, disposition: known }];
  });
}

/** Null where the file leaves out what a server asks for. */
function onServer({ state, because, release, on }: NonNullable<TestFinding["disposition"]>): ServerDisposition | null {
  if (state === "fixed") return release === null ? null : { state, because, release, evidenceId: null };
  if (state === "deferred")
    return release === null || on === null ? null : { state, because, release, on, interim: "" };
  return { state, because };
}
