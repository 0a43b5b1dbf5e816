import { Link } from "@tanstack/react-router";
import type { Step } from "../../../features/security-file/edit/edit.ts";
import type { Graph } from "../../../features/security-file/graph/graph.ts";
import { harmPaths } from "../../../features/security-file/graph/harm-paths.ts";
import { startsOfThreat } from "../../../features/security-file/graph/starts.ts";
import type { Entry } from "../../../features/security-file/links.ts";
import type { WeighedRisk } from "../../../features/security-file/risk/schema.ts";
import type { Item, SecurityFile } from "../../../features/security-file/schema.ts";
import { Panel } from "../../kit/panel.tsx";
import { ItemForm } from "../form/item-form.tsx";
import { WayPicture } from "./way-picture.tsx";
import { ACCEPTABILITY_WORD, RESIDUAL_WORD } from "./words.ts";

interface Props {
  graph: Graph;
  /** Null: a threat is opened. */
  risk: WeighedRisk | null;
  entry: { kind: "risks"; item: Item<"risks"> | null } | { kind: "threats"; item: Item<"threats"> | null };
  file: SecurityFile;
  mayEdit: boolean;
  onEdit: (edit: readonly Step[]) => void;
  onClose: () => void;
}

/** One risk or threat: what it does to a patient, how, and every field of it. */
export function RiskPanel({ graph, risk, entry, file, mayEdit, onEdit, onClose }: Props) {
  if (entry.item === null) return null;
  const worst = risk === null ? worstOf(graph, entry) : risk.worst;
  return (
    <Panel title={entry.item.name} onClose={onClose}>
      <div className="detail">
        <header>
          <h2>{entry.item.name}</h2>
          <p className="stands-here">{worst?.sentence ?? "It reaches no function of the device."}</p>
        </header>
        {worst !== null && <WayPicture steps={worst.steps} />}
        <p>
          <Link
            from="/devices/$deviceId/risks"
            to="/devices/$deviceId/design"
            search={({ release }) => ({ light: entry.item?.id, ...(release === undefined ? {} : { release }) })}
          >
            Show on the picture
          </Link>
        </p>
        {risk !== null && <Standing risk={risk} />}
        <fieldset className="sf-fields" disabled={!mayEdit}>
          <ItemForm file={file} entry={entry as Entry} onEdit={onEdit} />
        </fieldset>
      </div>
    </Panel>
  );
}

function worstOf(graph: Graph, entry: Props["entry"]) {
  if (entry.kind !== "threats" || entry.item === null) return null;
  const hazards = entry.item.hazards.length === 0 ? null : new Set(entry.item.hazards);
  return harmPaths(graph, startsOfThreat(graph, entry.item), 1, { hazards, situations: null })[0] ?? null;
}

function Standing({ risk }: { risk: WeighedRisk }) {
  const { before, after, residual, open, countsOnPlanned, patients, statedBelow } = risk;
  return (
    <section aria-label="Where it stands">
      <dl className="facts">
        <dt>Before</dt>
        <dd>{before.acceptability === null ? "not rated" : ACCEPTABILITY_WORD[before.acceptability]}</dd>
        <dt>After</dt>
        <dd>{after.acceptability === null ? "not rated" : ACCEPTABILITY_WORD[after.acceptability]}</dd>
        <dt>What is left</dt>
        <dd>{RESIDUAL_WORD[residual]}</dd>
        <dt>One act</dt>
        <dd className="num">
          {patients === 0
            ? "reaches nothing that acts on a patient"
            : `up to ${patients.toLocaleString("en")} patients`}
        </dd>
      </dl>
      {statedBelow !== null && (
        <p className="tone-bad">It is stated as {statedBelow} harm, which is less than the graph reaches: say why.</p>
      )}
      {countsOnPlanned.length > 0 && (
        <p className="tone-warn">The rating after counts on what is only planned: {countsOnPlanned.join("; ")}.</p>
      )}
      {open.length > 0 && (
        <ul className="risk-open">
          {open.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
