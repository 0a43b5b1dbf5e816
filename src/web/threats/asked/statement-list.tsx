import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { VexProposal } from "../../../features/intel/statements/schema.ts";
import { api, ask } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { paging, usePages } from "../../api/use-pages.ts";
import { versioned } from "../../findings/versioned.ts";
import { Score, StateBadge } from "../../kit/badges.tsx";
import { Empty } from "../../kit/empty.tsx";
import { LoadingRows } from "../../kit/loading.tsx";
import { say, sayProblem, sayUndo } from "../../kit/notify.tsx";
import { ProblemNotice } from "../../kit/problem-notice.tsx";
import { SpokenLine } from "./spoken-line.tsx";

/** Statements that would change a finding and wait for a person, worst for a patient first. */
export function StatementList() {
  const may = useMay();
  const queries = useQueryClient();
  const { query, rows, total } = usePages(
    ask.vex.proposals.infiniteOptions({
      input: (cursor: string | undefined) => ({ cursor, limit: 50 }),
      ...paging,
    }),
  );
  const refresh = () => queries.invalidateQueries();
  const answer = async ({ finding, proposes, to }: VexProposal, take: boolean) => {
    try {
      const { changeId } = await api.vex.answer({
        findingId: finding.id,
        statementId: proposes.statementId,
        revision: finding.revision,
        take,
      });
      await refresh();
      if (changeId === null) say(`Turned down: ${proposes.source.name || "an unnamed author"} on ${finding.advisory}`);
      else
        sayUndo(`${finding.advisory} is ${to.replaceAll("-", " ")} in ${finding.device.name}`, () =>
          api.findings.undo({ changeId }).then(refresh),
        );
    } catch (error) {
      sayProblem(error);
      await refresh();
    }
  };
  if (query.error !== null) return <ProblemNotice error={query.error} onRetry={query.refetch} />;
  if (query.isPending) return <LoadingRows rows={4} />;
  if (total?.count === 0)
    return (
      <Empty title="No statement waits for you" good>
        <p>Give a release the VEX of its suppliers under Devices, Parts, VEX.</p>
      </Empty>
    );
  return (
    <>
      <ul className="asked">
        {rows.map((proposal) => (
          <li key={`${proposal.finding.id}${proposal.proposes.statementId}`} className="asked-item">
            <header>
              <p>
                <Link
                  to="/devices/$deviceId/findings"
                  params={{ deviceId: proposal.finding.device.id }}
                  search={{ release: proposal.finding.release.id, finding: proposal.finding.id }}
                >
                  <b>{proposal.finding.advisory}</b> in {versioned(proposal.finding.component)}
                </Link>
              </p>
              <p className="quiet">
                {proposal.finding.device.name} {proposal.finding.release.version},{" "}
                <Score severity={proposal.finding.severity} />
              </p>
              <p className="asked-change">
                <StateBadge state={proposal.finding.state} />
                {proposal.finding.decidedBy !== null && <span className="quiet">by {proposal.finding.decidedBy}</span>}
                <span aria-hidden="true">→</span>
                <span className="sr-only">would become</span>
                <StateBadge state={proposal.to} />
              </p>
            </header>
            <SpokenLine spoken={proposal.proposes} />
            {proposal.others.length > 0 && (
              <details open={proposal.others.some(({ status }) => status !== proposal.proposes.status)}>
                <summary>Others say of it</summary>
                {proposal.others.map((other) => (
                  <SpokenLine key={other.statementId} spoken={other} />
                ))}
              </details>
            )}
            {may("finding:decide") && (
              <div className="asked-answer">
                <Button size="xs" onClick={() => void answer(proposal, true)}>
                  Follow it
                </Button>
                <Button size="xs" variant="default" onClick={() => void answer(proposal, false)}>
                  Turn it down
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="default" size="xs" onClick={() => void query.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}
