import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import type { CaseDetail } from "../../features/disclosure/schema.ts";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { fileSize } from "../kit/file-size.ts";
import { LoadingPage } from "../kit/loading.tsx";
import { sayProblem } from "../kit/notify.tsx";
import { PageHead } from "../kit/page-head.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";
import { ShownOnce } from "../people/shown-once.tsx";
import { CaseFacts } from "./case-facts.tsx";
import { CaseMessages } from "./case-messages.tsx";
import { CaseReceipt } from "./case-receipt.tsx";
import { CaseSteps } from "./case-steps.tsx";
import { CASE_WORD, VIA_WORD } from "./case-words.ts";

const route = getRouteApi("/in/threats/reports/$caseId");

/** One report: what was found, where it stands, and what was said. The reporter's words are shown as text and nothing else. */
export function CasePage() {
  const { caseId } = route.useParams();
  const { data, error, refetch } = useQuery(ask.disclosure.get.queryOptions({ input: { id: caseId } }));
  const mayHandle = useMay()("report:handle");
  if (error !== null && data === undefined)
    return (
      <div className="page">
        <ProblemNotice error={error} onRetry={refetch} />
      </div>
    );
  if (data === undefined) return <LoadingPage />;
  return (
    <div className="page">
      <p className="crumb">
        <Link to="/threats/reports">Reports</Link>
      </p>
      <PageHead
        title={data.title}
        question={`${data.number}, ${VIA_WORD[data.via]}`}
        actions={mayHandle && <NewLink report={data} />}
      />
      <div className="overview">
        <div>
          <p className="case-state">
            <b>{CASE_WORD[data.state]}</b>{" "}
            <span className="quiet">
              since <When at={data.stateSince} />
            </span>
          </p>
          <CaseReceipt report={data} mayHandle={mayHandle} />
          {mayHandle && <CaseSteps key={data.revision} report={data} />}
          <Section title="What was found">
            <dl className="facts">
              <dt>Product</dt>
              <dd>
                {data.product} {data.version}
              </dd>
              <dt>Received</dt>
              <dd>
                <When at={data.receivedAt} time />
              </dd>
              <dt>From</dt>
              <dd>
                {data.contact === "" ? <span className="cell-dim">anonymous, by the link only</span> : data.contact}
              </dd>
              {data.creditWish !== "" && (
                <>
                  <dt>Wants thanks as</dt>
                  <dd>{data.creditWish}</dd>
                </>
              )}
            </dl>
            <h3 className="case-words-head">How it can be seen</h3>
            <p className="upstream">{data.reproduce}</p>
            {data.impact !== "" && (
              <>
                <h3 className="case-words-head">What it could do to a patient</h3>
                <p className="upstream">{data.impact}</p>
              </>
            )}
            <Attachments report={data} />
          </Section>
          <CaseMessages report={data} mayHandle={mayHandle} />
        </div>
        <CaseFacts key={data.revision} report={data} mayHandle={mayHandle} />
      </div>
    </div>
  );
}

function Attachments({ report: { attachments } }: { report: CaseDetail }) {
  if (attachments.length === 0) return null;
  return (
    <>
      <h3 className="case-words-head">Files</h3>
      <p className="quiet">From outside, opened by nobody here. Look at them on a machine that may be lost.</p>
      <ul className="side-list">
        {attachments.map(({ id, fileName, sizeBytes, sha256 }) => (
          <li key={id}>
            <a href={`/api/disclosure/attachments/${id}`} download>
              {fileName}
            </a>
            <span className="quiet">
              {fileSize(sizeBytes)}, SHA-256 <span className="mono">{sha256.slice(0, 12)}…</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The reporter lost the link, or wrote by mail and never had one. */
function NewLink({ report: { id } }: { report: CaseDetail }) {
  const queries = useQueryClient();
  const [link, setLink] = useState<string | null>(null);
  const renew = useMutation(
    ask.disclosure.newLink.mutationOptions({
      onSuccess: (made) => {
        setLink(made.link);
        return queries.invalidateQueries({ queryKey: ask.disclosure.key() });
      },
      onError: sayProblem,
    }),
  );
  return (
    <>
      <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate({ id })}>
        New link for the reporter
      </Button>
      {link !== null && (
        <ShownOnce title="The reporter's link" secret={link} what="link" onClose={() => setLink(null)}>
          <p>Send it to the reporter. There they read what you write and answer. An older link no longer works.</p>
        </ShownOnce>
      )}
    </>
  );
}
