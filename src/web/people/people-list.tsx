import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Person } from "../../features/people/schema.ts";
import { api, ask } from "../api/client.ts";
import { useMe } from "../api/me.ts";
import { LoadingRows } from "../kit/loading.tsx";
import { Mark } from "../kit/mark.tsx";
import { sayProblem, sayUndo } from "../kit/notify.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { When } from "../kit/when.tsx";
import { ROLE_WORD } from "../kit/words.ts";
import { Recovery } from "./recovery.tsx";
import { SetRoles } from "./set-roles.tsx";

export function PeopleList({ mayManage }: { mayManage: boolean }) {
  const me = useMe();
  const queries = useQueryClient();
  const people = useQuery(ask.people.people.list.queryOptions());
  const [changing, setChanging] = useState<Person | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ask.people.key() });
  const deactivate = useMutation({
    mutationFn: (person: Person) => api.people.people.deactivate({ userId: person.userId }),
    onSuccess: (_, person) => {
      void refresh();
      sayUndo(`${person.name} is out: sessions ended, keys revoked`, () =>
        api.people.people.reactivate({ userId: person.userId }).then(refresh),
      );
    },
    onError: sayProblem,
  });
  const reactivate = useMutation({
    mutationFn: (person: Person) => api.people.people.reactivate({ userId: person.userId }),
    onSuccess: refresh,
    onError: sayProblem,
  });
  if (people.error !== null) return <ProblemNotice error={people.error} onRetry={people.refetch} />;
  if (people.data === undefined) return <LoadingRows rows={5} height={58} />;
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Roles</th>
            <th scope="col" className="wide-only">
              Since
            </th>
            {mayManage && (
              <th scope="col">
                <span className="sr-only">Change</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {people.data.items.map((person) => (
            <tr key={person.userId} className={person.state === "deactivated" ? "row-gone" : ""}>
              <th scope="row">
                {person.name}
                {person.userId === me.userId && <span className="quiet"> (you)</span>}
                <small>{person.email}</small>
              </th>
              <td>
                {person.state === "deactivated" ? (
                  <span className="state">
                    <Mark shape="dash" />
                    Deactivated
                  </span>
                ) : (
                  person.roles.map((role) => ROLE_WORD[role]).join(", ")
                )}
              </td>
              <td className="wide-only">
                <When at={person.joinedAt} below />
              </td>
              {mayManage && (
                <td className="right cell-actions">
                  {person.state === "active" ? (
                    <>
                      <Button size="compact-xs" variant="subtle" onClick={() => setChanging(person)}>
                        Roles<span className="sr-only"> of {person.name}</span>
                      </Button>
                      {person.userId !== me.userId && (
                        <>
                          <Recovery person={person} />
                          <Button
                            size="compact-xs"
                            variant="subtle"
                            color="gray"
                            onClick={() => deactivate.mutate(person)}
                          >
                            Deactivate<span className="sr-only"> {person.name}</span>
                          </Button>
                        </>
                      )}
                    </>
                  ) : (
                    <Button size="compact-xs" variant="subtle" onClick={() => reactivate.mutate(person)}>
                      Let in again<span className="sr-only">: {person.name}</span>
                    </Button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {changing !== null && <SetRoles person={changing} onClose={() => setChanging(null)} />}
    </div>
  );
}
