import { Button } from "@mantine/core";
import { problemOf } from "../api/problem.ts";
import { Mark } from "../kit/mark.tsx";
import { sayProblem } from "../kit/notify.tsx";
import type { Editing, Editor } from "./editor.ts";

const WORD = { saved: "Saved", waiting: "Saving…", sending: "Saving…" } as const;

/** Whether what is on the page is also on the server. */
export function SaveState({ editing: { saving, revision } }: { editing: Editing }) {
  if (saving === "conflict" || saving === "failed") return <span className="tone-bad">Not saved</span>;
  return (
    <span className="quiet" role="status">
      {WORD[saving]} <span className="num">· revision {revision}</span>
    </span>
  );
}

/** Somebody else changed the same item, or the server refused: what happened, and the ways out. Nothing is lost until one is chosen. */
export function SaveProblem({ editor, editing }: { editor: Editor; editing: Editing }) {
  const { saving, error, canUndo } = editing;
  if (saving !== "conflict" && saving !== "failed") return null;
  const { title, reason, fix } = problemOf(error);
  return (
    <div className="problem sf-conflict" role="alert">
      <p className="problem-title">
        <Mark shape="cross" />
        {saving === "conflict" ? "Somebody else changed the same thing meanwhile" : `Not saved: ${title}`}
      </p>
      <p>{reason}</p>
      {saving === "conflict" ? (
        <p>Yours is still on this page and not on the server. Choose which one stays.</p>
      ) : (
        fix !== null && <p className="problem-fix">{fix}</p>
      )}
      <div className="sf-end">
        <Button size="xs" onClick={() => void editor.keepMine().catch(sayProblem)}>
          {saving === "conflict" ? "Keep mine, over theirs" : "Try again"}
        </Button>
        <Button size="xs" variant="default" onClick={() => void editor.takeTheirs().catch(sayProblem)}>
          {saving === "conflict" ? "Take theirs" : "Give up what is not saved"}
        </Button>
        {saving === "failed" && canUndo && (
          <Button size="xs" variant="default" onClick={editor.undo}>
            Undo the last change
          </Button>
        )}
      </div>
    </div>
  );
}
