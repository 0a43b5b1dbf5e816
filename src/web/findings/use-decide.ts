import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import type { Decision, DecisionReceipt } from "../../features/intel/findings/schema.ts";
import { api, ask } from "../api/client.ts";
import { say, sayProblem, sayUndo, unsay } from "../kit/notify.tsx";
import { counted, STATE_WORD } from "../kit/words.ts";
import { drop, popLast, push, type Undoable } from "./undo-stack.ts";

/** After the last of several decisions in a row everything shown is read anew; until then the list patches itself. */
const QUIET_MS = 900;

interface Decided {
  decision: Decision;
  /** The line to go back to when it is taken back. */
  key: string | null;
  send: () => Promise<DecisionReceipt[]>;
}

/**
 * Sends decisions one after the other without making anybody wait, offers the way back, and says what somebody else changed meanwhile.
 * `onTakenBack` hears of a decision that was taken back here.
 */
export function useDecide(onTakenBack?: (key: string | null) => void) {
  const queries = useQueryClient();
  const queue = useRef(Promise.resolve());
  const quiet = useRef<ReturnType<typeof setTimeout>>(undefined);
  const back = useRef(onTakenBack);
  back.current = onTakenBack;
  const refresh = useCallback(
    () =>
      Promise.all(
        [ask.findings, ask.inbox, ask.devices, ask.work, ask.audit].map((part) =>
          queries.invalidateQueries({ queryKey: part.key() }),
        ),
      ),
    [queries],
  );
  const refreshSoon = useCallback(() => {
    clearTimeout(quiet.current);
    quiet.current = setTimeout(() => void refresh(), QUIET_MS);
  }, [refresh]);
  useEffect(() => () => clearTimeout(quiet.current), []);

  const takeBack = useCallback(
    async (undoable: Undoable) => {
      drop(undoable);
      unsay(undoable.notice);
      for (const changeId of undoable.changeIds) await api.findings.undo({ changeId });
      await refresh();
      say("Taken back");
      back.current?.(undoable.key);
    },
    [refresh],
  );

  /** Takes the newest decision of this page back, once all that were made have arrived. */
  const undoLast = useCallback(() => {
    queue.current = queue.current.then(async () => {
      const last = popLast();
      if (last === undefined) say("Nothing to take back");
      else await takeBack(last).catch(sayProblem);
    });
  }, [takeBack]);

  const notice = useRef("");
  const run = useCallback(
    ({ decision, key, send }: Decided) => {
      queue.current = queue.current.then(async () => {
        try {
          const receipts = await send();
          const changed = receipts.reduce((sum, receipt) => sum + receipt.changed.length, 0);
          const conflicts = receipts.flatMap((receipt) => receipt.conflicts);
          if (changed > 0) {
            const undoable = {
              changeIds: receipts.flatMap(({ changeId }) => (changeId === null ? [] : [changeId])),
              key,
              notice: "",
            };
            unsay(notice.current);
            const said = `${counted(changed, "finding")}: ${STATE_WORD[decision.state].toLowerCase()}`;
            undoable.notice = sayUndo(said, () => takeBack(undoable));
            notice.current = undoable.notice;
            push(undoable);
          }
          if (conflicts.length > 0)
            say(
              `${counted(conflicts.length, "finding")} stayed as ${conflicts[0]?.decidedBy ?? "somebody else"} decided meanwhile. Look again.`,
            );
        } catch (error) {
          sayProblem(error);
        }
        refreshSoon();
      });
    },
    [refreshSoon, takeBack],
  );
  return { run, undoLast };
}
