import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { useRelease } from "../devices/use-release.ts";
import { LoadingRows } from "../kit/loading.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { AddEvidence } from "./add-evidence.tsx";
import { CoverageSection } from "./coverage-section.tsx";
import { EvidenceList } from "./evidence-list.tsx";
import { EvidenceSentence } from "./evidence-sentence.tsx";
import { ExpiryList } from "./expiry-list.tsx";
import { TestFindings } from "./test-findings.tsx";

const route = getRouteApi("/in/devices/$deviceId/evidence");

/** What proves the controls of a release, on which days, and what is done about what tests found. */
export function EvidenceTab() {
  const { releaseId } = useRelease();
  return releaseId === undefined ? <LoadingRows rows={6} /> : <Evidence key={releaseId} releaseId={releaseId} />;
}

function Evidence({ releaseId }: { releaseId: string }) {
  const { from, until } = route.useSearch();
  const may = useMay();
  const period = { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
  const coverage = useQuery(ask.evidence.coverage.queryOptions({ input: { releaseId, ...period } }));
  const evidence = useQuery(ask.evidence.list.queryOptions({ input: { releaseId, withdrawn: true } }));
  const targets = useQuery(ask.evidence.targets.queryOptions({ input: { releaseId } })).data?.items ?? [];
  const error = coverage.error ?? evidence.error;
  if (error !== null) return <ProblemNotice error={error} onRetry={coverage.refetch} />;
  if (coverage.data === undefined || evidence.data === undefined) return <LoadingRows rows={8} />;
  return (
    <div className="evidence-tab">
      <EvidenceSentence coverage={coverage.data} files={evidence.data.items} />
      {may("evidence:add") && <AddEvidence releaseId={releaseId} targets={targets} />}
      <CoverageSection coverage={coverage.data} files={evidence.data.items} />
      <ExpiryList expiring={coverage.data.expiring} />
      <TestFindings releaseId={releaseId} mayDecide={may("evidence:decide")} files={evidence.data.items} />
      <EvidenceList releaseId={releaseId} files={evidence.data.items} targets={targets} mayAdd={may("evidence:add")} />
    </div>
  );
}
