import { Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FindingDetail } from "../../features/intel/findings/schema.ts";
import { ask } from "../api/client.ts";
import { sayProblem } from "../kit/notify.tsx";

/** Who looks into it. */
export function Assignee({ finding, mayChange }: { finding: FindingDetail; mayChange: boolean }) {
  const queries = useQueryClient();
  const people = useQuery(ask.people.people.list.queryOptions({ enabled: mayChange })).data?.items ?? [];
  const assign = useMutation(
    ask.findings.assign.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: ask.findings.key() }),
      onError: sayProblem,
    }),
  );
  if (!mayChange) return finding.assignee === null ? null : <p>{finding.assignee.name} looks into it.</p>;
  const known = people
    .filter((person) => person.state === "active")
    .map(({ userId, name }) => ({ value: userId, label: name }));
  const { assignee } = finding;
  const data =
    assignee === null || known.some(({ value }) => value === assignee.id)
      ? known
      : [...known, { value: assignee.id, label: assignee.name }];
  return (
    <Select
      label="Who looks into it"
      placeholder="Nobody yet"
      clearable
      searchable
      data={data}
      value={assignee?.id ?? null}
      disabled={assign.isPending}
      onChange={(userId) => assign.mutate({ id: finding.id, revision: finding.revision, userId })}
    />
  );
}
