import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Decision, DecisionReceipt } from "../../features/intel/findings/schema.ts";
import { api, ask } from "../api/client.ts";
import { say, sayProblem, sayUndo } from "../kit/notify.tsx";
import { counted, STATE_WORD } from "../kit/words.ts";

/** Decides at once, offers the way back, and says what somebody else changed meanwhile. */
export function useDecide() {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const refresh = () =>
    Promise.all(
      [ask.findings, ask.inbox, ask.devices, ask.work, ask.audit].map((part) =>
        queries.invalidateQueries({ queryKey: part.key() }),
      ),
    );
  const undo = async (changeIds: readonly string[]) => {
    for (const changeId of changeIds) await api.findings.undo({ changeId });
    await refresh();
    say("Taken back");
  };
  const run = async (decision: Decision, work: () => Promise<DecisionReceipt[]>): Promise<boolean> => {
    setBusy(true);
    try {
      const receipts = await work();
      const changed = receipts.reduce((sum, receipt) => sum + receipt.changed.length, 0);
      const conflicts = receipts.flatMap((receipt) => receipt.conflicts);
      const changeIds = receipts.flatMap(({ changeId }) => (changeId === null ? [] : [changeId]));
      if (changed > 0)
        sayUndo(`${counted(changed, "finding")}: ${STATE_WORD[decision.state].toLowerCase()}`, () => undo(changeIds));
      if (conflicts.length > 0)
        say(
          `${counted(conflicts.length, "finding")} stayed as ${conflicts[0]?.decidedBy ?? "somebody else"} decided meanwhile. Look again.`,
        );
      await refresh();
      return conflicts.length === 0;
    } catch (error) {
      sayProblem(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    decideFindings: (findings: readonly { id: string; revision: number }[], decision: Decision) =>
      run(decision, async () => [
        await api.findings.decideMany({ findings: findings.map(({ id, revision }) => ({ id, revision })), decision }),
      ]),
    decideVulnerabilities: (advisories: readonly string[], decision: Decision) =>
      run(decision, async () => {
        const receipts: DecisionReceipt[] = [];
        for (const advisory of advisories)
          receipts.push(await api.findings.decideVulnerability({ advisory, decision }));
        return receipts;
      }),
  };
}
