import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { LoadingPage } from "../kit/loading.tsx";
import { PageHead } from "../kit/page-head.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { ProviderAddresses } from "./provider-addresses.tsx";
import { PublisherForm } from "./publisher-form.tsx";

/** Who are we to our customers, and where do their tools read? */
export function PublisherPage() {
  const may = useMay();
  const { data, error, refetch } = useQuery(ask.publish.publisher.queryOptions({ refetchOnWindowFocus: false }));
  if (error !== null && data === undefined)
    return (
      <div className="page">
        <ProblemNotice error={error} onRetry={refetch} />
      </div>
    );
  if (data === undefined) return <LoadingPage />;
  return (
    <div className="page page-narrow">
      <p className="crumb">
        <Link to="/threats">Threats</Link> / <Link to="/threats/advisories">Advisories</Link>
      </p>
      <PageHead title="Publisher" question="Who are we to our customers, and where do their tools read?" />
      <ProviderAddresses publisher={data} />
      <PublisherForm key={data.revision} publisher={data} disabled={!may("publisher:manage")} />
    </div>
  );
}
