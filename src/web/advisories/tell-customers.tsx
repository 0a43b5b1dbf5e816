import { Button } from "@mantine/core";
import { IconSpeakerphone } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { sayProblem } from "../kit/notify.tsx";

/** Starts an advisory that knows already what was decided. */
export function TellCustomers({ advisory }: { advisory: string }) {
  const may = useMay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const start = useMutation(
    ask.publish.start.mutationOptions({
      onSuccess: ({ id }) => {
        void queries.invalidateQueries({ queryKey: ask.publish.list.key() });
        void navigate({ to: "/threats/advisories/$advisoryId", params: { advisoryId: id } });
      },
      onError: sayProblem,
    }),
  );
  if (!may("advisory:write")) return null;
  return (
    <p>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconSpeakerphone size={15} />}
        loading={start.isPending}
        onClick={() => start.mutate({ vulnerabilities: [advisory] })}
      >
        Tell customers
      </Button>
    </p>
  );
}
