import { Button, MultiSelect, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ProofTarget } from "../../features/evidence/coverage/schema.ts";
import { KIND_WORDS } from "../../features/evidence/schema.ts";
import type { Evidence } from "../../features/evidence/stored/schema.ts";
import { ask } from "../api/client.ts";
import { CopyLine } from "../kit/copy-line.tsx";
import { Empty } from "../kit/empty.tsx";
import { Mark } from "../kit/mark.tsx";
import { sayProblem } from "../kit/notify.tsx";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";
import { counted } from "../kit/words.ts";
import { groupsOf } from "./add-evidence.tsx";
import { ORIGIN_WORD } from "./words.ts";

interface Props {
  releaseId: string;
  files: readonly Evidence[];
  targets: readonly ProofTarget[];
  mayAdd: boolean;
}

/** Every piece of evidence with both its times: the days it proves, and when it came in. */
export function EvidenceList({ releaseId, files, targets, mayAdd }: Props) {
  const line = `./cordon evidence add codeql.sarif --release ${releaseId} --control ${targets[0]?.id ?? "CONTROL"} --server ${location.origin}`;
  if (files.length === 0)
    return (
      <Empty title="No evidence yet">
        <p>Results of tests and scans, reports, pictures: what shows that a control works. From a pipeline:</p>
        <CopyLine text={line} />
      </Empty>
    );
  return (
    <Section title="Evidence" count={files.filter(({ withdrawn }) => withdrawn === null).length}>
      <div className="table-scroll">
        <table className="table evidence-table">
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">Tool</th>
              <th scope="col">Proves</th>
              <th scope="col">On these days</th>
              <th scope="col">Findings</th>
              <th scope="col">Came in</th>
              <th scope="col">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {files.map((one) => (
              <Row key={one.id} evidence={one} targets={targets} mayAdd={mayAdd} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Row({ evidence, targets, mayAdd }: { evidence: Evidence; targets: readonly ProofTarget[]; mayAdd: boolean }) {
  const [doing, setDoing] = useState<"linking" | "withdrawing" | null>(null);
  const { id, summary, withdrawn, proves } = evidence;
  return (
    <>
      <tr className={withdrawn === null ? "" : "row-gone"}>
        <th scope="row">
          <a href={`/api/evidence/${id}/file`} download>
            {evidence.fileName}
          </a>
          <small title={evidence.sha256}>
            {KIND_WORDS[summary.kind]}, SHA-256 {evidence.sha256.slice(0, 8)}…
          </small>
        </th>
        <td title={summary.tool?.settings ?? ""}>
          {summary.tool === null ? (
            <span className="cell-dim">not named</span>
          ) : (
            `${summary.tool.name} ${summary.tool.version ?? ""}`
          )}
        </td>
        <td>
          {withdrawn !== null ? (
            <span className="quiet">
              Withdrawn by {withdrawn.by}: {withdrawn.because}
            </span>
          ) : (
            <Proofs evidence={evidence} mayChange={mayAdd} />
          )}
          {proves.length === 0 && withdrawn === null && <span className="tone-warn">nothing yet</span>}
        </td>
        <td className="num">
          {evidence.provesFrom}
          <small>{evidence.provesUntil === null ? "as long as it is fresh" : `to ${evidence.provesUntil}`}</small>
        </td>
        <td>
          {evidence.findings === 0 ? (
            <span className="cell-dim">none</span>
          ) : (
            <>
              <span className="num">{counted(evidence.findings, "finding")}</span>
              {evidence.openFindings > 0 && (
                <small className="tone-bad">
                  <Mark shape="triangle" /> {evidence.openFindings} open
                </small>
              )}
            </>
          )}
        </td>
        <td>
          <When at={evidence.cameInAt} below />
          <small>
            {ORIGIN_WORD[evidence.origin]}, {evidence.by}
          </small>
        </td>
        <td className="right">
          {mayAdd && withdrawn === null && (
            <>
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => setDoing(doing === "linking" ? null : "linking")}
              >
                Link<span className="sr-only"> {evidence.fileName}</span>
              </Button>
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                onClick={() => setDoing(doing === "withdrawing" ? null : "withdrawing")}
              >
                Withdraw<span className="sr-only"> {evidence.fileName}</span>
              </Button>
            </>
          )}
        </td>
      </tr>
      {doing !== null && (
        <tr>
          <td colSpan={7}>
            {doing === "linking" ? (
              <LinkForm evidence={evidence} targets={targets} onDone={() => setDoing(null)} />
            ) : (
              <WithdrawForm id={id} onDone={() => setDoing(null)} />
            )}
          </td>
        </tr>
      )}
    </>
  );
}

function useEvidenceChange(onDone: () => void) {
  const queries = useQueryClient();
  return {
    onSuccess: () => {
      onDone();
      return queries.invalidateQueries({ queryKey: ask.evidence.key() });
    },
    onError: sayProblem,
  };
}

/** More than these are folded away: a run of all requirement tests proves dozens. */
const SHOWN = 3;

function Proofs({ evidence: { proves, fileName }, mayChange }: { evidence: Evidence; mayChange: boolean }) {
  const list = (some: Evidence["proves"]) => (
    <ul className="evidence-proofs">
      {some.map((proof) => (
        <ProofItem key={proof.proofId} proof={proof} mayChange={mayChange} />
      ))}
    </ul>
  );
  if (proves.length <= SHOWN + 1) return list(proves);
  return (
    <>
      {list(proves.slice(0, SHOWN))}
      <details>
        <summary>
          and {proves.length - SHOWN} more<span className="sr-only"> that {fileName} proves</span>
        </summary>
        {list(proves.slice(SHOWN))}
      </details>
    </>
  );
}

function ProofItem({
  proof: { proofId, name, known },
  mayChange,
}: {
  proof: Evidence["proves"][number];
  mayChange: boolean;
}) {
  const unlink = useMutation(ask.evidence.unlink.mutationOptions(useEvidenceChange(() => {})));
  return (
    <li>
      {name}
      {!known && <span className="tone-warn"> (not in the security file)</span>}
      {mayChange && (
        <button
          type="button"
          className="as-link"
          aria-label={`It does not prove ${name}`}
          onClick={() => unlink.mutate({ id: proofId })}
        >
          <Mark shape="cross" />
        </button>
      )}
    </li>
  );
}

function LinkForm({
  evidence,
  targets,
  onDone,
}: {
  evidence: Evidence;
  targets: readonly ProofTarget[];
  onDone: () => void;
}) {
  const [proves, setProves] = useState<string[]>([]);
  const link = useMutation(ask.evidence.link.mutationOptions(useEvidenceChange(onDone)));
  const rest = targets.filter(({ kind, id }) => !evidence.proves.some((one) => one.kind === kind && one.id === id));
  return (
    <div className="evidence-form">
      <MultiSelect label="It proves" searchable autoFocus data={groupsOf(rest)} value={proves} onChange={setProves} />
      <Button
        size="xs"
        disabled={proves.length === 0}
        loading={link.isPending}
        onClick={() =>
          link.mutate({
            id: evidence.id,
            proves: proves.map((key) => ({
              kind: key.startsWith("test ") ? ("test" as const) : ("control" as const),
              id: key.slice(key.indexOf(" ") + 1),
            })),
          })
        }
      >
        Link
      </Button>
    </div>
  );
}

function WithdrawForm({ id, onDone }: { id: string; onDone: () => void }) {
  const [because, setBecause] = useState("");
  const withdraw = useMutation(ask.evidence.withdraw.mutationOptions(useEvidenceChange(onDone)));
  return (
    <div className="evidence-form">
      <Textarea
        label="Why is it no evidence? It stays with this reason, and proves nothing any more."
        autoFocus
        autosize
        value={because}
        onChange={(event) => setBecause(event.currentTarget.value)}
      />
      <Button
        size="xs"
        color="red"
        disabled={because.trim() === ""}
        loading={withdraw.isPending}
        onClick={() => withdraw.mutate({ id, because })}
      >
        Withdraw
      </Button>
    </div>
  );
}
