import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Waiting } from "../../features/risk/schema.ts";
import { ask } from "../api/client.ts";
import { DevicePicture } from "../devices/device-picture.tsx";
import { HarmBadge } from "../kit/badges.tsx";
import { Empty } from "../kit/empty.tsx";
import { LoadingPage } from "../kit/loading.tsx";
import { PageHead } from "../kit/page-head.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";

/** What would it mean for a patient? One card per question that waits, the worst first. */
export function BedsidePage() {
  const { data, error, refetch, isPending } = useQuery(ask.risk.waiting.queryOptions({ input: {} }));
  if (isPending) return <LoadingPage />;
  return (
    <div className="page">
      <PageHead title="Bedside" question="What would it mean for a patient?" />
      {error !== null && <ProblemNotice error={error} onRetry={refetch} />}
      {data?.items.length === 0 && (
        <Empty title="Nothing waits for your answer" good>
          <p className="quiet">
            When a vulnerability touches a device, three questions about your patients appear here.
          </p>
        </Empty>
      )}
      <ul className="bedside-list">
        {data?.items.map((one) => (
          <Card key={`${one.release.id} ${one.advisory}`} waiting={one} />
        ))}
      </ul>
    </div>
  );
}

function Card({ waiting }: { waiting: Waiting }) {
  const { device, release, functions, harm, advisory, answered } = waiting;
  return (
    <li>
      <Link to="/bedside/$releaseId/$advisory" params={{ releaseId: release.id, advisory }} className="bedside-card">
        <DevicePicture functions={functions} size={56} />
        <span className="bedside-card-main">
          <b>
            {device.name} <span className="quiet">{release.version}</span>
          </b>
          <span>{waiting.title || advisory}</span>
          <small className="quiet">
            {answered === 0 ? "Three questions" : `${3 - answered} of three questions left`}
          </small>
        </span>
        {harm !== null && <HarmBadge harm={harm} />}
      </Link>
    </li>
  );
}
