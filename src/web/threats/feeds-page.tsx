import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { CopyLine } from "../kit/copy-line.tsx";
import { Empty } from "../kit/empty.tsx";
import { fileSize } from "../kit/file-size.ts";
import { LoadingPage } from "../kit/loading.tsx";
import { sayProblem } from "../kit/notify.tsx";
import { PageHead } from "../kit/page-head.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";
import { counted } from "../kit/words.ts";
import { BundleButton, BundleState, useBundle } from "./bundle-upload.tsx";
import { Catalogue } from "./catalogue.tsx";
import { FeedTable } from "./feed-table.tsx";
import { RunList } from "./run-list.tsx";
import { RunProgress } from "./run-progress.tsx";
import { Sources } from "./sources.tsx";

const LOOK_EVERY_MS = 1_000;

/** Where advisories come from, how old they are, and getting newer ones. */
export function FeedsPage() {
  const queries = useQueryClient();
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const status = useQuery(
    ask.intel.status.queryOptions({ refetchInterval: ({ state }) => (state.data?.running ? LOOK_EVERY_MS : false) }),
  );
  const runs = useQuery(ask.intel.runs.queryOptions());
  const running = status.data?.running ?? false;
  const ran = useRef(running);
  useEffect(() => {
    if (ran.current && !running) void queries.invalidateQueries();
    ran.current = running;
  }, [running, queries]);
  const bundle = useBundle();
  const sync = useMutation(
    ask.intel.sync.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: ask.intel.key() }),
      onError: sayProblem,
    }),
  );
  if (status.error !== null && status.data === undefined)
    return (
      <div className="page">
        <ProblemNotice error={status.error} onRetry={status.refetch} />
      </div>
    );
  if (status.data === undefined) return <LoadingPage />;
  const { index, feeds, sources, lastRun } = status.data;
  const mayManage = may("intel:manage");
  return (
    <div className="page">
      <p className="crumb">
        <Link to="/threats">Threats</Link>
      </p>
      <PageHead
        title="Feeds"
        question="Where do advisories come from, and how old are they?"
        actions={
          mayManage && (
            <>
              <BundleButton bundle={bundle} />
              <Button
                onClick={() => sync.mutate({})}
                loading={sync.isPending}
                disabled={running || sources.every((s) => !s.enabled)}
              >
                Read all sources now
              </Button>
            </>
          )
        }
      />
      <BundleState bundle={bundle} />
      {running && lastRun !== null && <RunProgress run={lastRun} />}
      {index === null ? (
        <Empty title="No advisories yet">
          <p>
            Take sources from the catalogue below, then read them. For a site without internet, fetch them where there
            is some, and carry one signed file over to “Take in a bundle”:
          </p>
          <CopyLine text="./cordon intel fetch cisa-kev epss osv csaf && ./cordon intel bundle --out feeds.bundle" />
        </Empty>
      ) : (
        <Section
          title="Feeds"
          count={feeds.length}
          note={
            <>
              <span className="num">{counted(index.advisories, "advisory", "advisories")}</span> in an index of{" "}
              {fileSize(index.sizeBytes)}, built <When at={index.builtAt} time />. Older than a week counts as old.
            </>
          }
        >
          <FeedTable feeds={feeds} />
        </Section>
      )}
      <Sources sources={sources} mayManage={mayManage} adding={adding} onAdding={setAdding} />
      <Catalogue sources={sources} mayManage={mayManage} />
      <Section title="Last runs">
        {runs.data === undefined || runs.data.items.length === 0 ? (
          <p className="quiet">{runs.isPending ? "\u00a0" : "No run yet."}</p>
        ) : (
          <RunList runs={runs.data.items} />
        )}
      </Section>
    </div>
  );
}
