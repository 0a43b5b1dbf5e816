import { Loader } from "@mantine/core";
import { type KeyboardEvent, useCallback, useState } from "react";
import { addElement, addFlow, addZone, tidied } from "../../../features/security-file/edit/drawing.ts";
import { svgOf } from "../../../features/security-file/views/draw/svg.ts";
import type { Light } from "../../../features/security-file/views/light.ts";
import type { Picture } from "../../../features/security-file/views/picture.ts";
import { saveFile } from "../../advisories/save-file.ts";
import { Empty } from "../../kit/empty.tsx";
import { ProblemNotice } from "../../kit/problem-notice.tsx";
import { counted } from "../../kit/words.ts";
import type { Editing, Editor } from "../editor.ts";
import { Canvas } from "./canvas.tsx";
import { CanvasKeys } from "./canvas-keys.tsx";
import { Choose, flowEnds } from "./choose.tsx";
import { PrintSheet } from "./print-sheet.tsx";
import { Toolbar } from "./toolbar.tsx";
import { usePlaced } from "./use-placed.ts";

interface Props {
  caption: string;
  releaseId: string;
  editor: Editor;
  editing: Editing;
  picture: Picture;
  of: string | undefined;
  light: Light | null;
  mayEdit: boolean;
  item: string | undefined;
  full: boolean;
  onFull: (full: boolean) => void;
  onOpen: (item: string | undefined) => void;
  onRemove: (id: string) => void;
}

type Asking = { what: "find" } | { what: "flow"; from: string; port: string | null };

const fileName = (text: string) => text.toLowerCase().replace(/[^a-z0-9.]+/g, "-");

/** One picture with its tools and keys. */
export function PictureBoard(props: Props) {
  const { caption, editor, editing, picture, light, mayEdit, item, full, onFull, onOpen, onRemove } = props;
  const { file, revision, canUndo, canRedo } = editing;
  const layout = file.layouts.find(({ id }) => id === picture.view);
  const { placed, error } = usePlaced(picture, layout);
  const [renaming, setRenaming] = useState<string | null>(null);
  const [printing, setPrinting] = useState(false);
  const printed = useCallback(() => setPrinting(false), []);
  const [asking, setAsking] = useState<Asking | null>(null);
  const ownEnd = (id: string | undefined) => {
    const port = file.ports.find((each) => each.id === id);
    if (port !== undefined) return { from: port.element, port: port.id };
    return file.elements.some((element) => element.id === id) && id !== undefined ? { from: id, port: null } : null;
  };
  const key = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (target.closest("input, textarea, [role=dialog], [role=menu]") !== null) return;
    const focused = target.closest(".react-flow__node")?.getAttribute("data-id") ?? item;
    const done = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    const withCtrl = event.ctrlKey || event.metaKey;
    if (withCtrl && event.key.toLowerCase() === "z") {
      done();
      if (event.shiftKey) editor.redo();
      else editor.undo();
    } else if (withCtrl && event.key.toLowerCase() === "y") {
      done();
      editor.redo();
    } else if (withCtrl || event.altKey) return;
    else if (event.key === "/") {
      done();
      setAsking({ what: "find" });
    } else if (event.key === "w") {
      done();
      onFull(!full);
    } else if (event.key === "Escape" && full) {
      done();
      onFull(false);
    } else if (!mayEdit || focused === undefined) return;
    else if (event.key === "f") {
      const end = ownEnd(focused);
      if (end === null) return;
      done();
      setAsking({ what: "flow", ...end });
    } else if (event.key === "F2" || event.key === "r") {
      done();
      setRenaming(focused);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      done();
      onRemove(focused);
    }
  };
  if (error !== null && placed === null) return <ProblemNotice error={error} />;
  if (placed === null)
    return (
      <div className="canvas canvas-wait" role="status">
        <Loader size="sm" />
        <p>Placing {counted(picture.boxes.length, "element")}…</p>
      </div>
    );
  if (picture.boxes.length === 0 && picture.zones.length === 0 && picture.view !== "global")
    return <NothingToDraw view={picture.view} />;
  return (
    <>
      <Canvas
        key={`${picture.view} ${props.of ?? ""}`}
        file={file}
        placed={placed}
        light={light}
        mayEdit={mayEdit}
        item={item}
        renaming={renaming}
        onRename={setRenaming}
        onOpen={onOpen}
        onEdit={editor.apply}
        onKey={key}
      >
        <CanvasKeys item={item} />
        <Toolbar
          mayEdit={mayEdit}
          canUndo={canUndo}
          canRedo={canRedo}
          isFull={full}
          isPinned={layout !== undefined}
          onUndo={editor.undo}
          onRedo={editor.redo}
          onFull={() => onFull(!full)}
          onTidy={() => editor.apply(tidied(file, picture.view))}
          onFind={() => setAsking({ what: "find" })}
          onAddElement={(kind, at) => {
            const added = addElement(file, placed, kind, at);
            editor.apply(added.edit);
            onOpen(added.id);
            setRenaming(added.id);
          }}
          onAddZone={(at) => {
            const added = addZone(file, placed, at);
            editor.apply(added.edit);
            onOpen(added.id);
            setRenaming(added.id);
          }}
          onSvg={() =>
            saveFile(
              new Blob([svgOf(placed, { of: caption, state: `Security file, revision ${revision}` })], {
                type: "image/svg+xml",
              }),
              `${fileName(`${caption} ${picture.title}`)}.svg`,
            )
          }
          onPdf={() => setPrinting(true)}
        />
      </Canvas>
      {printing && (
        <PrintSheet caption={caption} revision={revision} file={file} placed={placed} of={props.of} onDone={printed} />
      )}
      {asking?.what === "find" && (
        <Choose
          title="Find in the picture"
          label="Element, interface, flow or zone"
          choices={[
            ...picture.boxes.filter(({ of, id }) => of.id === id).map(({ id, name }) => ({ value: id, label: name })),
            ...picture.boxes.flatMap(({ name, sockets }) =>
              sockets.map((socket) => ({ value: socket.id, label: `${socket.name}, interface of ${name}` })),
            ),
            ...file.flows
              .filter(({ id }) => picture.lines.some((line) => line.of.id === id))
              .map(({ id, name, path }) => ({
                value: id,
                label: path.protocol === "" ? name : `${name}, ${path.protocol}`,
              })),
            ...picture.zones.map(({ id, name }) => ({ value: id, label: `${name}, zone` })),
          ]}
          onChoose={(id) => {
            setAsking(null);
            onOpen(id);
          }}
          onClose={() => setAsking(null)}
        />
      )}
      {asking?.what === "flow" && (
        <Choose
          title={`A flow from ${file.elements.find(({ id }) => id === asking.from)?.name ?? asking.from}`}
          label="To"
          choices={flowEnds(file, asking.from)}
          onChoose={(value) => {
            const [element = "", port = null] = value.split(" ");
            const added = addFlow(file, placed, { element: asking.from, port: asking.port }, { element, port });
            setAsking(null);
            editor.apply(added.edit);
            onOpen(added.id);
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}

function NothingToDraw({ view }: { view: Picture["view"] }) {
  return (
    <Empty
      title={
        view === "update"
          ? "No way of updates is described"
          : view === "use-cases"
            ? "No use case is described"
            : "Nothing to draw yet"
      }
    >
      <p>
        {view === "multi-patient"
          ? "Draw the system first, and give each element that acts on patients its number of patients."
          : "Add one under “As lists”: this view is drawn from it."}
      </p>
    </Empty>
  );
}
