import { useQuery } from "@tanstack/react-query";
import type { VexRole } from "../../features/intel/statements/schema.ts";
import { ask } from "../api/client.ts";
import { SpokenLine } from "../threats/asked/spoken-line.tsx";

const ROLE: Record<VexRole, string> = {
  sets: "The finding's state comes from this",
  proposes: "Proposed to you",
  agrees: "Agrees with what is decided",
  speaks: "",
};

/** VEX statements about one finding, newest first, with what each does to it. */
export function OthersSay({ findingId }: { findingId: string }) {
  const { data } = useQuery(ask.vex.ofFinding.queryOptions({ input: { id: findingId } }));
  if (data === undefined || data.items.length === 0) return null;
  const said = new Set(data.items.map(({ status }) => status));
  return (
    <section>
      <h3>What others say{said.size > 1 && <span className="tone-warn">: they disagree</span>}</h3>
      {data.items.map((spoken) => (
        <div key={spoken.statementId}>
          <SpokenLine spoken={spoken} />
          {spoken.answer === "turned-down" ? (
            <small className="quiet">Turned down by {spoken.answeredBy}</small>
          ) : (
            ROLE[spoken.role] !== "" && <small className="spoken-role">{ROLE[spoken.role]}</small>
          )}
        </div>
      ))}
    </section>
  );
}
