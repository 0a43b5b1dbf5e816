import { Button, Menu } from "@mantine/core";
import { IconDownload, IconPlus } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { editionName } from "../../features/controls/catalogue/find.ts";
import { referredBy } from "../../features/controls/catalogue/refs.ts";
import type { ChosenCatalogues, ShownCatalogue, ShownControl } from "../../features/controls/schema.ts";
import { Control } from "../../features/security-file/assurance/schema.ts";
import { asJudged } from "../../features/security-file/assurance/with-evidence.ts";
import { put } from "../../features/security-file/edit/edit.ts";
import { newId, newName } from "../../features/security-file/edit/new-id.ts";
import { removal } from "../../features/security-file/edit/removal.ts";
import type { SecurityFile } from "../../features/security-file/schema.ts";
import { traceFile } from "../../features/security-file/trace/look.ts";
import { ItemPanel } from "../security-file/design/item-panel.tsx";
import type { Editing, Editor } from "../security-file/editor.ts";
import { SaveProblem, SaveState } from "../security-file/save-state.tsx";
import { Asked } from "./asked.tsx";
import { ControlList } from "./control-list.tsx";
import { Coverage } from "./coverage.tsx";
import { Matrix } from "./matrix.tsx";
import { Sources } from "./sources.tsx";

const route = getRouteApi("/in/devices/$deviceId/controls");

interface Props {
  releaseId: string;
  chosen: ChosenCatalogues;
  editor: Editor;
  editing: Editing;
  /** The file with the evidence that is kept beside it. Null: not known yet. */
  judged: SecurityFile | null;
  mayEdit: boolean;
  mayImport: boolean;
}

const VIEWS = [
  { view: "list", name: "Controls" },
  { view: "matrix", name: "Matrix" },
  { view: "asked", name: "What is asked" },
  { view: "sources", name: "Catalogues and MDS2" },
] as const;

/** Coverage first, then one of four views over the same file; a card for whatever is opened. */
export function Controls({ releaseId, chosen, editor, editing, judged, mayEdit, mayImport }: Props) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { file } = editing;
  const whole = useMemo(() => (judged === null ? file : asJudged(file, judged)), [file, judged]);
  const view = search.view ?? "list";
  const change = (part: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false });
  const traced = useMemo(
    () => traceFile(whole, referredBy(whole, [...chosen.catalogues, ...chosen.others])),
    [whole, chosen],
  );
  const problems = useMemo(() => traced.gaps.map((gap) => ({ ...gap, severity: "gap" as const })), [traced]);
  const open = (id: string) => change({ item: id });
  const add = (control: Control) => {
    editor.apply([put("controls", control)]);
    change({ item: control.id });
  };
  const addEmpty = () => {
    const name = newName(file.controls, "Control");
    add(Control.parse({ id: newId(file, name), name, category: search.category ?? null }));
  };
  const answer = (catalogue: ShownCatalogue, { id, title, category }: ShownControl) =>
    add(
      Control.parse({
        id: newId(file, title),
        name: title.slice(0, 300),
        category,
        references: [{ catalog: editionName(catalogue), id }],
      }),
    );
  const { coverage, gaps } = traced;
  const answered = coverage.filter(({ state }) => state === "proven" || state === "alternative").length;
  return (
    <div className="controls-tab">
      <SaveProblem editor={editor} editing={editing} />
      <p className="safety-sentence">
        <span className={answered === coverage.length ? "tone-good" : "tone-bad"}>
          {answered} of {coverage.length} categories
        </span>{" "}
        are implemented and tested, or answered by an alternative;{" "}
        <button type="button" className="sf-link" onClick={() => change({ view: "matrix", gaps: true })}>
          {gaps.length === 0
            ? "the chain from threat to labeling holds"
            : `${gaps.length} ${gaps.length === 1 ? "gap" : "gaps"} in the chain`}
        </button>
        .
      </p>
      <Coverage coverage={coverage} chosen={search.category} onChoose={(category) => change({ category })} />
      <div className="control-bar">
        <nav className="control-views" aria-label="Views">
          {VIEWS.map(({ view: one, name }) => (
            <button
              key={one}
              type="button"
              className="chip"
              aria-pressed={view === one}
              onClick={() => change({ view: one })}
            >
              {name}
            </button>
          ))}
        </nav>
        <SaveState editing={editing} />
        <Menu>
          <Menu.Target>
            <Button size="xs" variant="default" leftSection={<IconDownload size={14} />}>
              Export
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item component="a" href={`/api/releases/${releaseId}/trace.xlsx`} download>
              Coverage, gaps and matrix (XLSX)
            </Menu.Item>
            <Menu.Item
              component="a"
              href={`/api/releases/${releaseId}/trace.csv?from=${search.from ?? "requirements"}`}
              download
            >
              Matrix (CSV)
            </Menu.Item>
            <Menu.Item component="a" href={`/api/releases/${releaseId}/controls.oscal.json`} download>
              Controls (OSCAL component definition)
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {mayEdit && (
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={addEmpty}>
            Add a control
          </Button>
        )}
      </div>
      <div className={`split${search.item === undefined ? "" : " split-open"}`}>
        {view === "list" && (
          <ControlList file={file} traced={traced} category={search.category} item={search.item} onOpen={open} />
        )}
        {view === "matrix" && (
          <Matrix
            file={file}
            traced={traced}
            from={search.from ?? "requirements"}
            onlyGaps={search.gaps === true}
            item={search.item}
            onChange={change}
            onOpen={open}
          />
        )}
        {view === "asked" && (
          <Asked
            file={file}
            catalogues={chosen.catalogues}
            category={search.category}
            mayEdit={mayEdit}
            onOpen={open}
            onAnswer={answer}
          />
        )}
        {view === "sources" && (
          <div>
            <Sources releaseId={releaseId} chosen={chosen} mayEdit={mayEdit} mayImport={mayImport} />
          </div>
        )}
        {search.item !== undefined && (
          <ItemPanel
            file={file}
            id={search.item}
            mayEdit={mayEdit}
            problems={problems}
            onOpen={open}
            onLight={(id) => void navigate({ to: "/devices/$deviceId/design", search: { light: id } })}
            onClose={() => change({ item: undefined })}
            onEdit={(edit) => editor.apply(edit)}
            onRemove={(id) => {
              editor.apply(removal(file, [id]).edit);
              change({ item: undefined });
            }}
          />
        )}
      </div>
    </div>
  );
}
