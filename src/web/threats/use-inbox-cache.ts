import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { isOpen } from "../../features/intel/findings/decision.ts";
import type { State } from "../../features/intel/findings/schema.ts";
import type { InboxFilter, Vulnerability } from "../../features/intel/inbox/schema.ts";
import type { Page } from "../../lib/cursor.ts";
import { ask } from "../api/client.ts";
import { lineKey } from "./line-key.ts";

type Pages = InfiniteData<Page<Vulnerability>>;

/** A line after all its open findings got a decision. */
function decided({ findings, ...line }: Vulnerability, state: State): Vulnerability {
  const { open, total, suspect } = findings;
  const left = isOpen(state) ? open : 0;
  const none = { total, suspect, open: left, new: 0, inTriage: 0, affected: 0 };
  const counts: Partial<Record<State, object>> = { "in-triage": { inTriage: left }, affected: { affected: left } };
  return { ...line, findings: { ...none, ...counts[state] } };
}

const fits = ({ findings }: Vulnerability, show: InboxFilter["show"]): boolean =>
  ({ new: findings.new > 0, open: findings.open > 0, done: findings.open === 0, all: true })[show];

/**
 * Writes a decision into the lists on the page before the server has answered, so that nobody waits for the next line. Whatever the
 * server says afterwards replaces it.
 */
export function useInboxCache(show: InboxFilter["show"]) {
  const queries = useQueryClient();
  return useCallback(
    (targets: readonly Vulnerability[], state: State) => {
      const keys = new Set(targets.map(lineKey));
      void queries.cancelQueries({ queryKey: ask.inbox.list.key() });
      queries.setQueriesData<Pages>({ queryKey: ask.inbox.list.key(), type: "active" }, (data) => {
        if (data === undefined || !("pages" in data)) return data;
        let gone = 0;
        const pages = data.pages.map((page) => ({
          ...page,
          items: page.items.flatMap((line) => {
            if (!keys.has(lineKey(line))) return [line];
            const after = decided(line, state);
            if (fits(after, show)) return [after];
            gone += 1;
            return [];
          }),
        }));
        return {
          ...data,
          pages: pages.map((page) => ({
            ...page,
            total: { ...page.total, count: Math.max(0, page.total.count - gone) },
          })),
        };
      });
    },
    [queries, show],
  );
}
