import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "../../api/client.ts";
import { say } from "../../kit/notify.tsx";
import { ProblemNotice } from "../../kit/problem-notice.tsx";

interface Release {
  id: string;
  version: string;
}

/** Starts the file of one release from that of another. */
export function CopyFile({ from, to }: { from: Release; to: Release }) {
  const queries = useQueryClient();
  const copy = useMutation(
    ask.securityFile.copy.mutationOptions({
      onSuccess: () => {
        say(`Release ${to.version} starts from the security file of ${from.version}.`);
        return queries.invalidateQueries({ queryKey: ask.securityFile.key() });
      },
    }),
  );
  return (
    <>
      {copy.error !== null && <ProblemNotice error={copy.error} />}
      <Button loading={copy.isPending} onClick={() => copy.mutate({ releaseId: to.id, from: from.id })}>
        Start {to.version} from the file of {from.version}
      </Button>
    </>
  );
}
