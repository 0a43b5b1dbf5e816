import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ask } from "../api/client.ts";
import { say, sayProblem } from "../kit/notify.tsx";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";
import { ROLE_WORD } from "../kit/words.ts";

export function Invitations({ mayManage }: { mayManage: boolean }) {
  const queries = useQueryClient();
  const invitations = useQuery(ask.people.invitations.list.queryOptions());
  const withdraw = useMutation(
    ask.people.invitations.withdraw.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: ask.people.key() });
        say("The invitation is withdrawn; its link works no more");
      },
      onError: sayProblem,
    }),
  );
  const items = invitations.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title="Invitations not yet used" count={items.length}>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Person</th>
              <th scope="col">Roles</th>
              <th scope="col">Link works until</th>
              {mayManage && (
                <th scope="col">
                  <span className="sr-only">Withdraw</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {items.map((invitation) => (
              <tr key={invitation.id}>
                <th scope="row">
                  {invitation.name}
                  <small>{invitation.email}</small>
                </th>
                <td>{invitation.roles.map((role) => ROLE_WORD[role]).join(", ")}</td>
                <td>
                  <When at={invitation.expiresAt} />
                  <small>invited by {invitation.invitedBy}</small>
                </td>
                {mayManage && (
                  <td className="right">
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      color="gray"
                      onClick={() => withdraw.mutate({ id: invitation.id })}
                    >
                      Withdraw<span className="sr-only"> the invitation of {invitation.name}</span>
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
