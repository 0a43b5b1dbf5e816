import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ask } from "../api/client.ts";
import { Section } from "../kit/section.tsx";
import { ClockList } from "./clock-list.tsx";

const SHOWN = 5;

/** The clocks due next: of everything, of a device, or of one subject. Nothing is shown where none runs. */
export function RunningClocks(of: { deviceId?: string; subjectType?: string; subjectId?: string }) {
  const clocks = useQuery(
    ask.clocks.list.queryOptions({ input: { ...of, show: "running", limit: SHOWN }, refetchInterval: 60_000 }),
  );
  const { items = [], total } = clocks.data ?? {};
  if (items.length === 0) return null;
  return (
    <Section
      title="Clocks that run"
      count={total?.count}
      actions={<Link to="/today/clocks">{(total?.count ?? 0) > SHOWN ? `All ${total?.count}` : "Clocks"}</Link>}
    >
      <ClockList clocks={items} />
    </Section>
  );
}
