import { Button, MultiSelect, Progress, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ProofTarget } from "../../features/evidence/coverage/schema.ts";
import { pentestTemplate } from "../../features/evidence/pentest-template.ts";
import { EvidenceReceipt } from "../../features/evidence/stored/schema.ts";
import { saveFile } from "../advisories/save-file.ts";
import { UploadRefused, uploadFile } from "../api/upload.ts";
import { DropZone } from "../kit/drop-zone.tsx";
import { say } from "../kit/notify.tsx";
import { RefusedFile } from "../kit/sent-file.tsx";
import { counted } from "../kit/words.ts";
import { RecognisedFacts } from "./recognised-facts.tsx";
import { type Recognised, useRecognise } from "./use-recognise.ts";

const FORMATS =
  "SARIF, JUnit XML, CycloneDX, SPDX, nmap, sslscan, OWASP ZAP, Nessus, our penetration-test CSV; PDF and pictures as documents";
const ENDINGS = ".sarif,.json,.xml,.nessus,.csv,.spdx,.cdx,.txt,.pdf,.png,.jpg,.jpeg";

/** Drop a file, see what it is, say what it proves, keep it. */
export function AddEvidence({ releaseId, targets }: { releaseId: string; targets: readonly ProofTarget[] }) {
  const { state, look, clear } = useRecognise();
  return (
    <div className="evidence-add">
      {state.step !== "seen" && (
        <DropZone
          what="evidence"
          formats={FORMATS}
          accept={ENDINGS}
          disabled={state.step === "reading"}
          onFile={(file) => void look(file)}
        >
          <p className="quiet">
            You see what it is before it is kept.{" "}
            <button
              type="button"
              className="as-link"
              onClick={() => saveFile(new Blob([pentestTemplate()], { type: "text/csv" }), "penetration-test.csv")}
            >
              Empty template for findings of a penetration test
            </button>
          </p>
        </DropZone>
      )}
      {state.step === "reading" && (
        <p role="status" className="upload">
          Reading <b>{state.name}</b>…
        </p>
      )}
      {state.step === "refused" && (
        <RefusedFile
          title={`${state.file.name} cannot be taken as it is`}
          why={state}
          kept="Nothing was sent."
          onClose={clear}
        >
          {state.asDocument && (
            <Button size="xs" onClick={() => void look(state.file, true)}>
              It is a document
            </Button>
          )}
        </RefusedFile>
      )}
      {state.step === "seen" && <KeepForm releaseId={releaseId} targets={targets} recognised={state} onDone={clear} />}
    </div>
  );
}

interface KeepProps {
  releaseId: string;
  targets: readonly ProofTarget[];
  recognised: Recognised;
  onDone: () => void;
}

function KeepForm({ releaseId, targets, recognised: { file, facts }, onDone }: KeepProps) {
  const queries = useQueryClient();
  const [proves, setProves] = useState<string[]>([]);
  const [from, setFrom] = useState((facts.performedFrom ?? "").slice(0, 10));
  const [until, setUntil] = useState("");
  const [share, setShare] = useState<number | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const keep = async () => {
    const query = new URLSearchParams({ kind: facts.kind });
    for (const key of proves) query.append(...(key.split(" ", 2) as [string, string]));
    if (from !== "") query.set("from", from);
    if (until !== "") query.set("until", until);
    setShare(0);
    setRefused(null);
    try {
      const signal = new AbortController().signal;
      const path = `/releases/${releaseId}/evidence?${query}`;
      const receipt = await uploadFile(path, file, EvidenceReceipt, { onProgress: setShare, signal });
      await queries.invalidateQueries();
      say(saidOf(receipt));
      onDone();
    } catch (error) {
      if (!(error instanceof UploadRefused)) throw error;
      setShare(null);
      setRefused(`${error.problem.reason}${error.problem.fix === null ? "" : `. ${error.problem.fix}`}`);
    }
  };
  return (
    <section className="evidence-seen" aria-label={`What ${file.name} is`}>
      <RecognisedFacts fileName={file.name} facts={facts} />
      <div className="evidence-form">
        <MultiSelect
          label="What does it prove?"
          description={
            targets.length === 0
              ? "The security file has no controls yet; link it later"
              : "Controls and tests of the security file"
          }
          placeholder={proves.length === 0 ? "Nothing yet" : ""}
          searchable
          data={groupsOf(targets)}
          value={proves}
          onChange={setProves}
        />
        <TextInput
          type="date"
          label="From"
          description={facts.performedFrom === null ? "The file names no time: when was it done?" : "When it was done"}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label="Until"
          description="Empty: as long as the control's freshness allows"
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      </div>
      {refused !== null && (
        <p className="problem" role="alert">
          {refused}. Nothing was stored.
        </p>
      )}
      {share !== null && <Progress value={share * 100} animated aria-label="Upload" size="sm" />}
      <div className="form-end">
        <Button variant="default" onClick={onDone} disabled={share !== null}>
          Do not keep it
        </Button>
        <Button onClick={() => void keep()} loading={share !== null}>
          Keep it
        </Button>
      </div>
    </section>
  );
}

export const groupsOf = (targets: readonly ProofTarget[]) =>
  (["control", "test"] as const)
    .map((kind) => ({
      group: kind === "control" ? "Controls" : "Tests",
      items: targets
        .filter((one) => one.kind === kind)
        .map(({ id, name }) => ({ value: `${kind} ${id}`, label: name })),
    }))
    .filter(({ items }) => items.length > 0);

function saidOf({ evidence, unchanged, newFindings, reopened }: EvidenceReceipt): string {
  if (unchanged) return `${evidence.fileName} was here already`;
  const found =
    evidence.findings === 0 ? "no findings" : `${counted(evidence.findings, "finding")}, ${newFindings} new`;
  return `${evidence.fileName} is kept: ${found}${reopened > 0 ? `, ${reopened} found again after “fixed”` : ""}`;
}
