import { expect, test, vi } from "vitest";
import { pumpFile } from "../../../tests/support/pump-file.ts";
import { put } from "../../features/security-file/edit/edit.ts";
import type { SecurityFile } from "../../features/security-file/schema.ts";
import { createEditor, type Kept, type Sent } from "./editor.ts";

vi.useFakeTimers();

const kept = (): Kept => {
  const file = pumpFile();
  return { file, revision: 1, revisions: Object.fromEntries(file.elements.map(({ id }) => [id, 1])) };
};
const named = (file: SecurityFile, id: string, name: string) => {
  const element = file.elements.find((each) => each.id === id);
  if (element === undefined) throw new Error(id);
  return put("elements", { ...element, name });
};
const nameOf = (file: SecurityFile, id: string) => file.elements.find((each) => each.id === id)?.name;

function world() {
  const sent: (readonly Sent[])[] = [];
  let refusal: Error | null = null;
  let theirs = kept();
  const editor = createEditor(kept(), {
    send: async (changes) => {
      if (refusal !== null) throw refusal;
      sent.push(changes);
      const revision = sent.length + 1;
      return {
        revision,
        revisions: Object.fromEntries(
          changes.map((c) => [c.do === "put" ? c.item.id : c.id, c.do === "put" ? revision : null]),
        ),
      };
    },
    read: async () => theirs,
    isConflict: (error) => error instanceof Error && error.message === "conflict",
  });
  return {
    editor,
    sent,
    refuse: (message: string | null) => {
      refusal = message === null ? null : new Error(message);
    },
    meanwhile: (next: Kept) => {
      theirs = next;
    },
  };
}

test("changes show at once and go out together, each with the revision it was made on", async () => {
  const { editor, sent } = world();
  editor.apply([named(editor.current().file, "ui", "One")]);
  editor.apply([named(editor.current().file, "ui", "Two")]);
  expect(nameOf(editor.current().file, "ui")).toBe("Two");
  expect(editor.current().saving).toBe("waiting");
  await vi.runAllTimersAsync();
  expect(sent.map((batch) => batch.map(({ was }) => was))).toEqual([[1]]);
  editor.undo();
  await vi.runAllTimersAsync();
  expect(sent[1]?.map(({ was }) => was)).toEqual([2]);
  expect(nameOf(editor.current().file, "ui")).toBe("One");
  editor.redo();
  expect(nameOf(editor.current().file, "ui")).toBe("Two");
});

test("what was added and taken back before it was sent is not sent as a removal", async () => {
  const { editor, sent } = world();
  const element = editor.current().file.elements[0];
  if (element === undefined) throw new Error("none");
  editor.apply([put("elements", { ...element, id: "new" })]);
  editor.undo();
  await vi.runAllTimersAsync();
  expect(sent).toEqual([]);
  expect(editor.current().saving).toBe("saved");
});

test("a conflict keeps both sides until the person has chosen: mine goes over theirs, and their other changes stay", async () => {
  const { editor, sent, refuse, meanwhile } = world();
  refuse("conflict");
  editor.apply([named(editor.current().file, "ui", "Mine")]);
  await vi.runAllTimersAsync();
  expect(editor.current().saving).toBe("conflict");
  const theirs = kept();
  theirs.file.elements = theirs.file.elements.map((each) =>
    each.id === "ui" || each.id === "log" ? { ...each, name: "Theirs" } : each,
  );
  meanwhile({ ...theirs, revision: 7, revisions: { ...theirs.revisions, ui: 7, log: 7 } });
  refuse(null);
  await editor.keepMine();
  expect(sent.at(-1)).toMatchObject([{ was: 7, item: { id: "ui", name: "Mine" } }]);
  expect([nameOf(editor.current().file, "ui"), nameOf(editor.current().file, "log")]).toEqual(["Mine", "Theirs"]);
});

test("taking theirs drops what was not saved; a newer file is adopted only when nothing waits", async () => {
  const { editor, refuse, meanwhile } = world();
  refuse("conflict");
  editor.apply([named(editor.current().file, "ui", "Mine")]);
  editor.adopt({ ...kept(), revision: 9 });
  expect(nameOf(editor.current().file, "ui")).toBe("Mine");
  await vi.runAllTimersAsync();
  meanwhile({ ...kept(), revision: 9 });
  await editor.takeTheirs();
  expect(editor.current()).toMatchObject({ saving: "saved", revision: 9, canUndo: false });
  expect(nameOf(editor.current().file, "ui")).toBe("Touch screen application");
});
