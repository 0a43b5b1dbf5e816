import { Button, SegmentedControl, Select } from "@mantine/core";
import { useMemo, useState } from "react";
import { attacksOf } from "../../../features/security-file/graph/attacks.ts";
import type { Graph } from "../../../features/security-file/graph/graph.ts";
import type { HarmAttacks } from "../../../features/security-file/graph/schema.ts";
import { csvText } from "../../../lib/csv.ts";
import { saveFile } from "../../advisories/save-file.ts";
import { Section } from "../../kit/section.tsx";
import { counted } from "../../kit/words.ts";
import { WayPicture } from "./way-picture.tsx";

const LIMITS = { most: 6, mostOfEntry: 2, harms: 20 };
type Order = "worst" | "shortest";

/** The ways from outside to a harm, with the controls on them. */
export function Attacks({ graph, caption }: { graph: Graph; caption: string }) {
  const attacks = useMemo(() => attacksOf(graph, LIMITS), [graph]);
  const [harmId, setHarm] = useState<string | null>(null);
  const [order, setOrder] = useState<Order>("worst");
  const chosen = attacks.find(({ harm }) => harm.id === harmId) ?? attacks[0];
  if (chosen === undefined) return null;
  return (
    <Section
      title="Ways in"
      note={noteOf(chosen)}
      actions={
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => saveFile(new Blob([attacksCsv(attacks)], { type: "text/csv" }), `${caption} ways in.csv`)}
        >
          CSV
        </Button>
      }
    >
      <div className="filters">
        <Select
          size="xs"
          aria-label="Harm"
          allowDeselect={false}
          data={attacks.map(({ harm }) => ({ value: harm.id, label: harm.name }))}
          value={chosen.harm.id}
          onChange={setHarm}
          w={360}
        />
        <SegmentedControl
          size="xs"
          data={[
            { value: "worst", label: "Fewest controls" },
            { value: "shortest", label: "Fewest steps" },
          ]}
          value={order}
          onChange={(value) => setOrder(value as Order)}
        />
      </div>
      <ol className="attack-rows">
        {chosen[order].map((path) => (
          <li key={path.steps.map(({ id, by }) => `${id} ${by?.id ?? ""}`).join(" ")}>
            <details>
              <summary>
                <b>{path.entry.name}</b>
                <span className="quiet">
                  {" "}
                  {path.entry.ease === "high" ? "easy" : path.entry.ease === "medium" ? "harder" : "hard"} to get at;{" "}
                  {counted(path.distance, "step")}; {counted(path.standing, "control")} in the way
                  {path.planned > 0 && `, ${path.planned} only planned`}
                </span>
                <span className="risk-row-sentence">{path.sentence}</span>
              </summary>
              <WayPicture steps={path.steps} />
            </details>
          </li>
        ))}
      </ol>
      {chosen[order].length === 0 && <p className="quiet">No entry leads to this harm.</p>}
    </Section>
  );
}

function noteOf({ entries, chokePoints, complete }: HarmAttacks): string {
  const points = chokePoints.map(({ name }) => `“${name}”`).join(", ");
  const choke = points === "" ? "no single thing stands on all of them" : `all of them go through ${points}`;
  return `${counted(entries.length, "entry", "entries")} lead to this harm; ${choke}.${complete ? "" : " The search was cut off: there may be more."}`;
}

const attacksCsv = (attacks: readonly HarmAttacks[]): string =>
  csvText([
    ["harm", "severity", "order", "entry", "steps", "controls standing", "controls planned", "way"],
    ...attacks.flatMap(({ harm, worst, shortest }) =>
      [
        ...worst.map((path) => ({ path, order: "worst" })),
        ...shortest.map((path) => ({ path, order: "shortest" })),
      ].map(({ path, order }) => [
        ...[harm.name, harm.severity, order, path.entry.name, String(path.distance)],
        ...[String(path.standing), String(path.planned), path.sentence],
      ]),
    ),
  ]);
