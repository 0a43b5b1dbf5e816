import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { NewAnswer, Risk, RiskWord } from "../../features/risk/schema.ts";
import { ask } from "../api/client.ts";
import { sayProblem, sayUndo } from "../kit/notify.tsx";

/** How bad one vulnerability is in one release, and what people may say about it. */
export function useRisk(releaseId: string, advisory: string) {
  const queries = useQueryClient();
  const about = { releaseId, advisory };
  const query = useQuery(ask.risk.get.queryOptions({ input: about }));
  const keep = (risk: Risk) => {
    queries.setQueryData(ask.risk.get.queryKey({ input: about }), risk);
    for (const part of [ask.findings, ask.inbox, ask.audit, ask.clocks])
      void queries.invalidateQueries({ queryKey: part.key() });
    void queries.invalidateQueries({ queryKey: ask.risk.waiting.key() });
  };
  const shared = { onSuccess: keep, onError: sayProblem };
  const answers = useMutation(ask.risk.answer.mutationOptions(shared));
  const taking = useMutation(ask.risk.undo.mutationOptions(shared));
  const reach = useMutation(ask.risk.reach.mutationOptions(shared));
  const decision = useMutation(
    ask.risk.decide.mutationOptions({
      onSuccess: (risk) => {
        keep(risk);
        const made = risk.decision;
        if (made !== null)
          sayUndo(`Decided: ${made.risk} risk`, async () => {
            await taking.mutateAsync({ id: made.id });
          });
      },
      onError: sayProblem,
    }),
  );
  return {
    query,
    busy: answers.isPending || decision.isPending || taking.isPending || reach.isPending,
    answer: (given: Omit<NewAnswer, "note"> & { note?: string }) => answers.mutateAsync({ ...about, answers: [given] }),
    decide: (risk: RiskWord, why: string, revision: number, learnedAt: string | undefined) =>
      decision.mutate({ ...about, risk, why, revision, ...(learnedAt === undefined ? {} : { learnedAt }) }),
    undo: (id: string) => taking.mutate({ id }),
    reach: (identity: string, functions: string[] | null, reason: string) =>
      reach.mutateAsync({ ...about, identity, functions, reason }),
  };
}
