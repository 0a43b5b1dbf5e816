import { Button, SegmentedControl, Select } from "@mantine/core";
import { IconGitCompare } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { View } from "../../../features/security-file/design/schema.ts";
import { removal } from "../../../features/security-file/edit/removal.ts";
import type { Problem } from "../../../features/security-file/schema.ts";
import { subjectsOf, viewOf } from "../../../features/security-file/views/view.ts";
import { VIEW_WORD } from "../../../features/security-file/views/words.ts";
import { say } from "../../kit/notify.tsx";
import { counted } from "../../kit/words.ts";
import type { Editing, Editor } from "../editor.ts";
import { FileMenu } from "../file-menu.tsx";
import { SaveProblem, SaveState } from "../save-state.tsx";
import { Explanation } from "./explanation.tsx";
import { ItemPanel } from "./item-panel.tsx";
import { Legend } from "./legend.tsx";
import { DesignList } from "./list.tsx";
import { PathTable } from "./path-table.tsx";
import { PictureBoard } from "./picture-board.tsx";
import { useLight } from "./use-light.ts";

const route = getRouteApi("/in/devices/$deviceId/design");
const SHOW = [
  ...View.options.map((value) => ({ value: value as string, label: VIEW_WORD[value] })),
  { value: "list", label: "As lists" },
];
const SUBJECT_WORD: Record<View, string> = {
  global: "",
  "multi-patient": "Compromised first",
  update: "Way of updates",
  "use-cases": "Use case",
};

interface Props {
  releaseId: string;
  caption: string;
  editor: Editor;
  editing: Editing;
  mayEdit: boolean;
  problems: readonly Problem[];
}

/** The design of a release: a picture, its text and its tables; what is chosen on one is chosen on all. */
export function Design({ releaseId, caption, editor, editing, mayEdit, problems }: Props) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { file } = editing;
  const view = search.view ?? "global";
  const [full, setFull] = useState(false);
  const change = useCallback(
    (part: Partial<typeof search>) =>
      void navigate({ search: (was) => ({ ...was, ...part }), replace: true, resetScroll: false }),
    [navigate],
  );
  const open = useCallback((item: string | undefined) => change({ item }), [change]);
  const close = useCallback(() => change({ item: undefined }), [change]);
  const subjects = subjectsOf(file, view);
  const picture = useMemo(() => viewOf(file, view, search.of), [file, view, search.of]);
  const light = useLight(file, releaseId, search.light);
  const remove = useCallback(
    (id: string) => {
      const { edit, with: along, unlinked } = removal(file, [id]);
      editor.apply(edit);
      close();
      const parts = [
        along.length === 0 ? "" : `with ${counted(along.length, "item")} that cannot stand without it`,
        unlinked.length === 0
          ? ""
          : `${counted(unlinked.length, "item")} no longer ${unlinked.length === 1 ? "names" : "name"} it`,
      ].filter((part) => part !== "");
      say(`Removed${parts.length === 0 ? "" : ` ${parts.join("; ")}`}. Ctrl Z brings it back.`);
    },
    [file, editor, close],
  );
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return (
    <div className="design">
      <div className="filters">
        <SegmentedControl
          size="xs"
          aria-label="View"
          className="segments"
          data={SHOW}
          value={search.show === "list" ? "list" : view}
          onChange={(value) =>
            change(value === "list" ? { show: "list" } : { show: undefined, view: View.parse(value), of: undefined })
          }
        />
        {search.show !== "list" && subjects.length > 1 && (
          <Select
            size="xs"
            searchable
            clearable={view !== "use-cases"}
            aria-label={SUBJECT_WORD[view]}
            placeholder={view === "multi-patient" ? "Compromised first: the worst" : SUBJECT_WORD[view]}
            data={subjects.map(({ id, name }) => ({ value: id, label: name }))}
            value={search.of ?? (view === "use-cases" ? (subjects[0]?.id ?? null) : null)}
            onChange={(value) => change({ of: value ?? undefined })}
          />
        )}
        <div className="filters-end">
          {problems.length > 0 && (
            <span className="quiet">
              {errors > 0 && <b className="tone-bad">{counted(errors, "error")}, </b>}
              {counted(problems.length - errors, "gap")}
            </span>
          )}
          <SaveState editing={editing} />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconGitCompare size={14} />}
            renderRoot={(props) => (
              <Link
                {...props}
                from="/devices/$deviceId/design"
                to="/devices/$deviceId/design/compare"
                search={(was) => (was.release === undefined ? {} : { release: was.release })}
              />
            )}
          >
            Compare with another release
          </Button>
          <FileMenu releaseId={releaseId} revision={editing.revision} mayEdit={mayEdit} />
        </div>
      </div>
      <SaveProblem editor={editor} editing={editing} />
      {search.light !== undefined && (
        <p className="sf-light">
          {light === null ? (
            <>
              No element of the design has to do with “{search.light}”. For a vulnerability: name the part among the
              components of the element it is in.
            </>
          ) : (
            <>
              Lit: <b>{light.name}</b>
            </>
          )}
          <Button size="compact-xs" variant="subtle" onClick={() => change({ light: undefined })}>
            Light off
          </Button>
        </p>
      )}
      <div className={`split${search.item === undefined ? "" : " split-open"}${full ? " design-full" : ""}`}>
        {search.show === "list" ? (
          <div>
            <DesignList file={file} mayEdit={mayEdit} item={search.item} onOpen={open} onEdit={editor.apply} />
          </div>
        ) : (
          <div className="design-main">
            <PictureBoard
              caption={caption}
              releaseId={releaseId}
              editor={editor}
              editing={editing}
              picture={picture}
              of={search.of}
              light={light}
              mayEdit={mayEdit}
              item={search.item}
              full={full}
              onFull={setFull}
              onOpen={open}
              onRemove={remove}
            />
            {!full && (
              <>
                <Legend picture={picture} />
                <Explanation file={file} view={view} of={search.of} onOpen={open} />
                <PathTable file={file} picture={picture} onOpen={open} />
              </>
            )}
          </div>
        )}
        {search.item !== undefined && (
          <ItemPanel
            file={file}
            id={search.item}
            mayEdit={mayEdit}
            problems={problems}
            onOpen={open}
            onLight={(id) => change({ light: id })}
            onClose={close}
            onEdit={editor.apply}
            onRemove={remove}
          />
        )}
      </div>
    </div>
  );
}
