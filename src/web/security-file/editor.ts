import { applyEdit, type Edit } from "../../features/security-file/edit/edit.ts";
import type { Item, ItemKind, SecurityFile } from "../../features/security-file/schema.ts";

/** A security file as the server keeps it. */
export interface Kept {
  file: SecurityFile;
  revision: number;
  revisions: Readonly<Record<string, number>>;
}

/** What is sent: the item as it is from now on, and the revision of it that was seen (null: it is new). */
export type Sent =
  | { do: "put"; kind: ItemKind; item: Item; was: number | null }
  | { do: "remove"; kind: ItemKind; id: string; was: number };

export interface Sender {
  send: (changes: readonly Sent[]) => Promise<{ revision: number; revisions: Readonly<Record<string, number | null>> }>;
  /** The file as it is on the server now. */
  read: () => Promise<Kept>;
  /** True for a refusal because somebody else changed the same item. */
  isConflict: (error: unknown) => boolean;
}

export type Saving = "saved" | "waiting" | "sending" | "conflict" | "failed";

export interface Editing {
  file: SecurityFile;
  revision: number;
  saving: Saving;
  /** Why it was not saved. */
  error: unknown;
  canUndo: boolean;
  canRedo: boolean;
}

export interface Editor {
  current: () => Editing;
  subscribe: (listener: () => void) => () => void;
  apply: (edit: Edit) => void;
  undo: () => void;
  redo: () => void;
  /** What the server has now; taken over only when nothing of one's own is unsaved. */
  adopt: (kept: Kept) => void;
  /** After a conflict: throws one's own unsaved changes away. */
  takeTheirs: () => Promise<void>;
  /** After a conflict or a failure: one's own unsaved changes again, over what the server has now. */
  keepMine: () => Promise<void>;
}

const PAUSE_MS = 350;
const MOST_UNDO = 200;

/**
 * A file that is edited and saves itself: changes show at once, go to the server one batch after another, and name the revision they
 * were made on. A refusal keeps them here until the person has decided.
 */
export function createEditor(kept: Kept, { send, read, isConflict }: Sender): Editor {
  let { file, revision } = kept;
  let revisions = new Map(Object.entries(kept.revisions));
  let saving: Saving = "saved";
  let error: unknown = null;
  let undos: Edit[] = [];
  let redos: Edit[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  let unsaved = new Map<string, { kind: ItemKind; item: Item | null }>();
  let snapshot: Editing | null = null;
  const listeners = new Set<() => void>();
  const changed = () => {
    snapshot = null;
    for (const listener of listeners) listener();
  };

  const flush = async (): Promise<void> => {
    timer = null;
    if (saving === "sending" || unsaved.size === 0) return;
    const batch = unsaved;
    unsaved = new Map();
    const changes = [...batch].flatMap(([id, { kind, item }]): Sent[] => {
      const was = revisions.get(id) ?? null;
      if (item !== null) return [{ do: "put", kind, item, was }];
      return was === null ? [] : [{ do: "remove", kind, id, was }];
    });
    saving = "sending";
    changed();
    try {
      if (changes.length > 0) {
        const answer = await send(changes);
        revision = answer.revision;
        for (const [id, at] of Object.entries(answer.revisions))
          if (at === null) revisions.delete(id);
          else revisions.set(id, at);
      }
      error = null;
      saving = unsaved.size === 0 ? "saved" : "waiting";
      changed();
      if (unsaved.size > 0) await flush();
    } catch (failure) {
      unsaved = new Map([...batch, ...unsaved]);
      saving = isConflict(failure) ? "conflict" : "failed";
      error = failure;
      changed();
    }
  };

  const schedule = () => {
    if (saving === "conflict") return;
    if (saving !== "sending") saving = "waiting";
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void flush(), PAUSE_MS);
  };

  const make = (edit: Edit): Edit => {
    const made = applyEdit(file, edit);
    file = made.file;
    for (const step of edit) {
      const id = step.do === "put" ? step.item.id : step.id;
      unsaved.set(id, { kind: step.kind, item: step.do === "put" ? step.item : null });
    }
    schedule();
    return made.inverse;
  };

  return {
    current: () => {
      snapshot ??= { file, revision, saving, error, canUndo: undos.length > 0, canRedo: redos.length > 0 };
      return snapshot;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    apply: (edit) => {
      if (edit.length === 0) return;
      undos = [...undos, make(edit)].slice(-MOST_UNDO);
      redos = [];
      changed();
    },
    undo: () => {
      const last = undos.at(-1);
      if (last === undefined) return;
      undos = undos.slice(0, -1);
      redos = [...redos, make(last)];
      changed();
    },
    redo: () => {
      const last = redos.at(-1);
      if (last === undefined) return;
      redos = redos.slice(0, -1);
      undos = [...undos, make(last)];
      changed();
    },
    adopt: (next) => {
      if (saving !== "saved" || unsaved.size > 0 || next.revision <= revision) return;
      ({ file, revision } = next);
      revisions = new Map(Object.entries(next.revisions));
      undos = [];
      redos = [];
      changed();
    },
    takeTheirs: async () => {
      const now = await read();
      ({ file, revision } = now);
      revisions = new Map(Object.entries(now.revisions));
      unsaved = new Map();
      undos = [];
      redos = [];
      saving = "saved";
      error = null;
      changed();
    },
    keepMine: async () => {
      const now = await read();
      revisions = new Map(Object.entries(now.revisions));
      revision = now.revision;
      const mine = [...unsaved].map(([id, { kind, item }]) =>
        item === null ? ({ do: "remove", kind, id } as const) : ({ do: "put", kind, item } as const),
      );
      file = applyEdit(now.file, mine).file;
      saving = "waiting";
      error = null;
      changed();
      await flush();
    },
  };
}
