import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ask } from "../api/client.ts";
import { LoadingRows } from "../kit/loading.tsx";
import { sayProblem } from "../kit/notify.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";
import { browserName } from "./browser-name.ts";

/** Where I am signed in. */
export function Sessions() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const sessions = useQuery(ask.people.sessions.list.queryOptions());
  const end = useMutation(
    ask.people.sessions.revoke.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: ask.people.sessions.key() }),
      onError: sayProblem,
    }),
  );
  const endAll = useMutation(
    ask.people.sessions.revokeAll.mutationOptions({
      onSuccess: () => {
        queries.clear();
        void navigate({ to: "/sign-in" });
      },
      onError: sayProblem,
    }),
  );
  return (
    <Section
      title="Where you are signed in"
      actions={
        <Button size="xs" variant="default" onClick={() => endAll.mutate({})} loading={endAll.isPending}>
          Sign out everywhere
        </Button>
      }
    >
      {sessions.error !== null && <ProblemNotice error={sessions.error} onRetry={sessions.refetch} />}
      {sessions.data === undefined ? (
        <LoadingRows rows={2} height={58} />
      ) : (
        <ul className="plain-list">
          {sessions.data.items.map((session) => (
            <li key={session.id}>
              <span>
                <b>{browserName(session.browser)}</b>
                {session.current && <span className="quiet"> (this one)</span>}
                <small className="quiet">
                  {session.address ?? "address not known"}, since <When at={session.createdAt} time />
                </small>
              </span>
              {!session.current && (
                <Button size="compact-xs" variant="subtle" color="gray" onClick={() => end.mutate({ id: session.id })}>
                  End
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
