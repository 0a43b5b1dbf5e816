import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { buildGraph } from "../../../features/security-file/graph/graph.ts";
import { harmMap } from "../../../features/security-file/graph/harm-map.ts";
import { weighFile } from "../../../features/security-file/risk/weigh-file.ts";
import type { AcceptanceMatrix } from "../../../features/security-file/threats/schema.ts";
import { saveFile } from "../../advisories/save-file.ts";
import { Empty } from "../../kit/empty.tsx";
import { FilterChip } from "../../kit/filter-chip.tsx";
import { SearchField } from "../../kit/search-field.tsx";
import { Section } from "../../kit/section.tsx";
import type { Editing, Editor } from "../editor.ts";
import { SaveProblem, SaveState } from "../save-state.tsx";
import { Attacks } from "./attacks.tsx";
import { savePicture } from "./export-picture.ts";
import { HarmMapPicture } from "./harm-map-picture.tsx";
import { MatrixPicture } from "./matrix-picture.tsx";
import { RiskPanel } from "./risk-panel.tsx";
import { RiskTable, risksCsv } from "./risk-table.tsx";
import { ThreatList } from "./threat-list.tsx";

interface Props {
  editor: Editor;
  editing: Editing;
  /** By what risks are judged where the file has no criteria of its own. */
  fallback: AcceptanceMatrix;
  caption: string;
  mayEdit: boolean;
}

const route = getRouteApi("/in/devices/$deviceId/risks");

/** The ranked list with the picture of what mitigation does, and the one that is opened beside it. */
export function Risks({ editor, editing, fallback, caption, mayEdit }: Props) {
  const { file } = editing;
  const { item, show, text } = route.useSearch();
  const navigate = route.useNavigate();
  const change = (part: { item?: string | undefined; show?: "open" | undefined; text?: string | undefined }) =>
    void navigate({ search: (was) => ({ ...was, ...part }), replace: true, resetScroll: false });
  const graph = useMemo(() => buildGraph(file), [file]);
  const weighed = useMemo(() => weighFile(file, fallback, graph), [file, fallback, graph]);
  const map = useMemo(() => harmMap(graph), [graph]);
  const matrixRef = useRef<SVGSVGElement>(null);
  const mapRef = useRef<SVGSVGElement>(null);
  const { risks, threats, conclusion, matrix, isDefault } = weighed;
  const wanted = (text ?? "").toLowerCase();
  const shown = risks.filter(
    (risk) => (show !== "open" || risk.open.length > 0) && risk.name.toLowerCase().includes(wanted),
  );
  const opened = risks.find(({ id }) => id === item);
  const threat = file.threats.find(({ id }) => id === item);
  const lit = new Set(opened?.worst?.steps.map(({ id }) => id) ?? []);
  const isOpen = opened !== undefined || threat !== undefined;
  return (
    <div className={`split${isOpen ? " split-open" : ""}`}>
      <div className="risks">
        <p className={`risks-sentence${conclusion.acceptable === false ? " tone-bad" : ""}`}>{conclusion.sentence}</p>
        <p className="section-note">
          Judged by “{matrix.name}”, edition {matrix.edition}
          {isDefault && ": the file has no criteria of its own"}. <SaveState editing={editing} />
        </p>
        <SaveProblem editor={editor} editing={editing} />
        {risks.length === 0 && (
          <Empty title="No risk is written down yet">
            <p>A risk gathers threats and weighs them by what they do to a patient, before and after mitigation.</p>
          </Empty>
        )}
        {risks.length > 0 && (
          <Section
            title="Before and after mitigation"
            actions={
              <span className="sf-end">
                <Button
                  size="compact-xs"
                  variant="subtle"
                  onClick={() => savePicture(matrixRef.current, `${caption} risks.svg`)}
                >
                  SVG
                </Button>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  onClick={() => saveFile(new Blob([risksCsv(risks)], { type: "text/csv" }), `${caption} risks.csv`)}
                >
                  CSV
                </Button>
              </span>
            }
          >
            <MatrixPicture matrix={matrix} risks={shown} lit={item ?? null} ref={matrixRef} />
          </Section>
        )}
        <Section title="Risks, the most urgent first" count={shown.length}>
          <div className="filters">
            <SearchField
              label="Filter by name"
              value={text ?? ""}
              onChange={(value) => change({ text: value || undefined })}
            />
            <FilterChip
              on={show === "open"}
              count={risks.filter((risk) => risk.open.length > 0).length}
              onChange={(on) => change({ show: on ? "open" : undefined })}
            >
              Something is open
            </FilterChip>
          </div>
          <RiskTable risks={shown} opened={item ?? null} onOpen={(id) => change({ item: id })} />
        </Section>
        {threats.length > 0 && (
          <Section title="Threats that no risk weighs" count={threats.length} note="Each needs a risk (RA-1).">
            <ThreatList threats={threats} opened={item ?? null} onOpen={(id) => change({ item: id })} />
          </Section>
        )}
        {map.links.length > 0 && (
          <Section
            title="What reaches a patient"
            note="A line is as thick as patients are exposed to one compromise, at worst."
            actions={
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => savePicture(mapRef.current, `${caption} harm map.svg`)}
              >
                SVG
              </Button>
            }
          >
            <HarmMapPicture {...map} lit={lit} ref={mapRef} />
          </Section>
        )}
        <Attacks graph={graph} caption={caption} />
      </div>
      {isOpen && (
        <RiskPanel
          key={item}
          graph={graph}
          risk={opened ?? null}
          entry={
            opened !== undefined
              ? { kind: "risks", item: file.risks.find(({ id }) => id === opened.id) ?? null }
              : { kind: "threats", item: threat ?? null }
          }
          file={file}
          mayEdit={mayEdit}
          onEdit={editor.apply}
          onClose={() => change({ item: undefined })}
        />
      )}
    </div>
  );
}
