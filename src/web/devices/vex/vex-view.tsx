import { Button, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { VexDocument, VexReceipt } from "../../../features/intel/statements/schema.ts";
import { api, ask } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { CopyLine } from "../../kit/copy-line.tsx";
import { DropZone } from "../../kit/drop-zone.tsx";
import { Empty } from "../../kit/empty.tsx";
import { LoadingRows } from "../../kit/loading.tsx";
import { Mark } from "../../kit/mark.tsx";
import { say, sayProblem } from "../../kit/notify.tsx";
import { ProblemList } from "../../kit/problem-list.tsx";
import { Section } from "../../kit/section.tsx";
import { RefusedFile, SendingFile } from "../../kit/sent-file.tsx";
import { When } from "../../kit/when.tsx";
import { counted } from "../../kit/words.ts";
import { useVexUpload } from "./use-vex-upload.ts";

const FORMATS = "CycloneDX, OpenVEX, CSAF 2.0 (VEX), Buildroot's ignored CVEs";

/** What others say of vulnerabilities in this release: documents as they came, and what became of them. */
export function VexView({ deviceId, releaseId }: { deviceId: string; releaseId: string }) {
  const may = useMay();
  const documents = useQuery(ask.vex.documents.queryOptions({ input: { id: releaseId } }));
  const { state, send, dismiss } = useVexUpload(releaseId);
  const [author, setAuthor] = useState("");
  const line = `./cordon vex upload vex.json --release ${releaseId} --server ${location.origin}`;
  const none = documents.data?.items.length === 0;
  return (
    <>
      {may("vex:upload") && (
        <DropZone
          what="a VEX document"
          formats={FORMATS}
          accept=".json,.xml,.cdx,.tsv,.txt"
          disabled={state.step === "sending"}
          onFile={(file) => void send(file, author.trim() || null)}
        >
          <TextInput
            size="xs"
            label="Whose statements are they, where the file does not say"
            value={author}
            maxLength={300}
            onChange={(event) => setAuthor(event.currentTarget.value)}
          />
        </DropZone>
      )}
      {state.step === "sending" && <SendingFile file={state.file} share={state.share} />}
      {state.step === "refused" && (
        <RefusedFile
          title={`${state.file}: ${state.problem.title.toLowerCase()}`}
          why={state.problem}
          kept="Nothing was stored."
          onClose={dismiss}
        />
      )}
      {state.step === "done" && <Receipt receipt={state.receipt} file={state.file} onDismiss={dismiss} />}
      {documents.data === undefined && <LoadingRows rows={3} />}
      {none && (
        <Empty title="No VEX yet">
          <p>
            A supplier's word that a vulnerability does not touch this device, or is fixed in it. What trusted authors
            say sets the findings; what others say is proposed to you. From a pipeline:
          </p>
          <CopyLine text={line} />
        </Empty>
      )}
      {documents.data !== undefined && !none && (
        <Section
          title="VEX documents"
          count={documents.data.items.length}
          note={
            <>
              What each author may do is decided once, under{" "}
              <Link to="/threats/asked" search={{ view: "authors" }}>
                Threats, Authors
              </Link>
              .
            </>
          }
          actions={
            <Link to="/devices/$deviceId/findings" params={{ deviceId }} search={{ release: releaseId }}>
              Findings
            </Link>
          }
        >
          <DocumentTable documents={documents.data.items} mayWithdraw={may("vex:upload")} />
        </Section>
      )}
    </>
  );
}

function Receipt({ receipt, file, onDismiss }: { receipt: VexReceipt; file: string; onDismiss: () => void }) {
  const { document, unchanged, set, proposed } = receipt;
  return (
    <div className="upload upload-done" role="status">
      <p className="note-good">
        <Mark shape="check" />
        <span>
          {unchanged ? (
            <>
              <b>{file}</b> is here already. Nothing was stored.
            </>
          ) : (
            <>
              <b>{file}</b>: {counted(document.statements, "statement")}, {document.speaking} of a finding here.{" "}
              {set > 0 && `${counted(set, "finding")} set. `}
              {proposed > 0 && (
                <Link to="/threats/asked" search={{ view: "statements" }}>
                  {counted(proposed, "proposal")} to answer
                </Link>
              )}
            </>
          )}
        </span>
      </p>
      <ProblemList problems={document.refused} />
      <Button size="compact-sm" variant="subtle" onClick={onDismiss}>
        Close
      </Button>
    </div>
  );
}

function DocumentTable({ documents, mayWithdraw }: { documents: readonly VexDocument[]; mayWithdraw: boolean }) {
  const queries = useQueryClient();
  const withdraw = (document: VexDocument) =>
    api.vex
      .withdraw({ id: document.id })
      .then(() => queries.invalidateQueries())
      .then(() => say(`${document.fileName} is withdrawn. Give it again to take this back`))
      .catch(sayProblem);
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Document</th>
            <th scope="col">Statements</th>
            <th scope="col">Speak of a finding</th>
            <th scope="col">Refused</th>
            <th scope="col">Given</th>
            <th scope="col">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {documents.map((document) => (
            <tr key={document.id} className={document.withdrawnAt === null ? "" : "row-gone"}>
              <th scope="row">
                <a href={`/api/vex/${document.id}/file`} download>
                  {document.fileName}
                </a>
                <small>
                  {document.format} {document.formatVersion}
                </small>
              </th>
              <td className="num">{document.statements.toLocaleString("en")}</td>
              <td className="num">{document.speaking.toLocaleString("en")}</td>
              <td>
                {document.refused.length === 0 ? (
                  <span className="cell-dim">none</span>
                ) : (
                  <details>
                    <summary className="tone-warn">{counted(document.refused.length, "statement")}</summary>
                    <ProblemList problems={document.refused} />
                  </details>
                )}
              </td>
              <td>
                <When at={document.uploadedAt} />
                <small>{document.uploadedBy}</small>
              </td>
              <td className="right">
                {document.withdrawnAt !== null ? (
                  <span className="quiet">withdrawn by {document.withdrawnBy}</span>
                ) : (
                  mayWithdraw && (
                    <Button size="compact-xs" variant="subtle" color="gray" onClick={() => void withdraw(document)}>
                      Withdraw<span className="sr-only"> {document.fileName}</span>
                    </Button>
                  )
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
