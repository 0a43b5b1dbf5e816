import { Button } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useBlocker } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { Advisory } from "../../features/publish/schema.ts";
import { api, ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { say, sayProblem } from "../kit/notify.tsx";
import { PageHead } from "../kit/page-head.tsx";
import { AdvisoryFields } from "./advisory-fields.tsx";
import { AdvisorySide } from "./advisory-side.tsx";
import { Issues } from "./issues.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { AdvisoryBadge } from "./state-badge.tsx";
import { useAdvisory } from "./use-advisory.ts";
import { WithdrawDialog } from "./withdraw-dialog.tsx";

const route = getRouteApi("/in/threats/advisories/$advisoryId");

export function AdvisoryEditor({ advisory }: { advisory: Advisory }) {
  const may = useMay();
  const { view } = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const mayWrite = may("advisory:write") && advisory.state !== "withdrawn";
  const mayPublish = may("advisory:publish");
  const { content, setContent, dirty, preview, checking, save, saveNow, publish, withdraw } = useAdvisory(
    advisory,
    may("advisory:write"),
  );
  const [asking, setAsking] = useState<"publish" | "withdraw" | null>(null);
  const number = advisory.revisions.at(-1)?.number ?? null;
  useBlocker({
    shouldBlockFn: () => dirty && !window.confirm("Leave without saving what you changed?"),
    enableBeforeUnload: dirty,
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (dirty && mayWrite) void saveNow().catch(() => {});
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
  const discard = () =>
    api.publish
      .discard({ id: advisory.id, revision: advisory.revision })
      .then(() => {
        void queries.invalidateQueries({ queryKey: ask.publish.list.key() });
        say(`${advisory.trackingId} was discarded`);
        return navigate({ to: "/threats/advisories", ignoreBlocker: true });
      })
      .catch(sayProblem);
  const nothingNew = advisory.state === "published" && !advisory.changed && !dirty;
  return (
    <div className="page page-wide">
      <p className="crumb">
        <Link to="/threats">Threats</Link> / <Link to="/threats/advisories">Advisories</Link>
      </p>
      <PageHead
        title={advisory.trackingId}
        question="What do our customers have to know and do?"
        actions={
          <>
            {mayWrite && advisory.state === "draft" && (
              <Button variant="subtle" color="red" onClick={discard}>
                Discard
              </Button>
            )}
            {mayPublish && advisory.state === "published" && (
              <Button variant="subtle" color="red" onClick={() => setAsking("withdraw")}>
                Withdraw
              </Button>
            )}
            <Button
              component={Link}
              to={`/threats/advisories/${advisory.id}/letter`}
              variant="default"
              leftSection={<IconMail size={16} />}
            >
              Letter
            </Button>
            {mayWrite && (
              <Button
                variant="default"
                disabled={!dirty}
                loading={save.isPending}
                onClick={() => void saveNow().catch(() => {})}
              >
                {dirty ? "Save" : "Saved"}
              </Button>
            )}
            {mayPublish && mayWrite && (
              <Button disabled={preview.data?.canPublish !== true || nothingNew} onClick={() => setAsking("publish")}>
                {number === null ? "Publish" : `Publish issue ${number + 1}`}
              </Button>
            )}
          </>
        }
      />
      <p className="advisory-state">
        <AdvisoryBadge
          state={advisory.state}
          number={number}
          changed={advisory.changed || (dirty && number !== null)}
        />
        {advisory.publicUrl !== null && (
          <a href={advisory.publicUrl} target="_blank" rel="noreferrer">
            {advisory.publicUrl}
          </a>
        )}
      </p>
      <div className="advisory-work">
        <div className="advisory-form">
          <AdvisoryFields content={content} onChange={setContent} disabled={!mayWrite} />
          <Issues id={advisory.id} revisions={advisory.revisions} />
        </div>
        <AdvisorySide
          trackingId={advisory.trackingId}
          content={content}
          preview={preview.data}
          error={preview.error}
          checking={checking}
          view={view ?? "reader"}
          onView={(next) =>
            void navigate({ search: { view: next }, replace: true, resetScroll: false, ignoreBlocker: true })
          }
        />
      </div>
      {asking === "publish" && (
        <PublishDialog
          advisory={advisory}
          tlp={content.tlp}
          busy={publish.isPending}
          error={publish.error}
          onClose={() => setAsking(null)}
          onPublish={async (summary) => {
            const revision = await saveNow();
            await publish.mutateAsync({ id: advisory.id, revision, summary });
            setAsking(null);
            say(`${advisory.trackingId} is published`);
          }}
        />
      )}
      {asking === "withdraw" && (
        <WithdrawDialog
          trackingId={advisory.trackingId}
          busy={withdraw.isPending}
          error={withdraw.error}
          onClose={() => setAsking(null)}
          onWithdraw={async (reason) => {
            const revision = await saveNow();
            await withdraw.mutateAsync({ id: advisory.id, revision, reason });
            setAsking(null);
            say(`${advisory.trackingId} is withdrawn`);
          }}
        />
      )}
    </div>
  );
}
