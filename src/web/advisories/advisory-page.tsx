import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ask } from "../api/client.ts";
import { LoadingPage } from "../kit/loading.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { AdvisoryEditor } from "./advisory-editor.tsx";

const route = getRouteApi("/in/threats/advisories/$advisoryId");

/** One advisory: its text at the left, what would go out at the right. */
export function AdvisoryPage() {
  const { advisoryId } = route.useParams();
  const { data, error, refetch } = useQuery(
    ask.publish.get.queryOptions({ input: { id: advisoryId }, refetchOnWindowFocus: false }),
  );
  if (error !== null && data === undefined)
    return (
      <div className="page">
        <ProblemNotice error={error} onRetry={refetch} />
      </div>
    );
  return data === undefined ? <LoadingPage /> : <AdvisoryEditor key={data.id} advisory={data} />;
}
