import { Button } from "@mantine/core";
import { IconMessageQuestion } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ask } from "../../api/client.ts";

/** The way to what waits for a person's word, with how much does. */
export function AskedButton() {
  const statements = useQuery(ask.vex.proposals.queryOptions({ input: { limit: 1 } }));
  const devices = useQuery(ask.deviceAdvisories.list.queryOptions({ input: { limit: 1 } }));
  const count = (statements.data?.total.count ?? 0) + (devices.data?.total.count ?? 0);
  const view = (statements.data?.total.count ?? 0) === 0 && count > 0 ? ("devices" as const) : undefined;
  return (
    <Button
      variant="default"
      leftSection={<IconMessageQuestion size={16} />}
      renderRoot={(props) => <Link {...props} to="/threats/asked" search={{ view }} />}
    >
      Asked of you{count > 0 && `: ${count.toLocaleString("en")}`}
    </Button>
  );
}
