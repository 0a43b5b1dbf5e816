import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { api, ask } from "../api/client.ts";
import { problemOf } from "../api/problem.ts";
import { createEditor, type Editing, type Editor, type Kept } from "./editor.ts";

/** The stored file of a release. */
export const useStoredFile = (releaseId: string | undefined) =>
  useQuery(
    ask.securityFile.get.queryOptions({ input: { releaseId: releaseId ?? "" }, enabled: releaseId !== undefined }),
  );

/** An editor over the release's file; null while there is none. Only one exists per release and page. */
export function useEditor(releaseId: string, kept: Kept | null): { editor: Editor; editing: Editing } | null {
  const queries = useQueryClient();
  const has = kept !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer state of the same file is adopted below, not begun anew
  const editor = useMemo(() => {
    if (kept === null) return null;
    const key = ask.securityFile.get.queryKey({ input: { releaseId } });
    const read = async (): Promise<Kept> => {
      const stored = await api.securityFile.get({ releaseId });
      queries.setQueryData(key, stored);
      return { ...stored, file: stored.file ?? kept.file };
    };
    return createEditor(kept, {
      read,
      send: async (changes) => {
        const answer = await api.securityFile.change({ releaseId, changes: [...changes] as never, note: "" });
        void queries.invalidateQueries({ queryKey: key });
        void queries.invalidateQueries({ queryKey: ask.securityFile.check.key() });
        void queries.invalidateQueries({ queryKey: ask.securityFile.proposals.key() });
        return answer;
      },
      isConflict: (error) => ["conflict", "not_found"].includes(problemOf(error).code),
    });
  }, [releaseId, has, queries]);
  useEffect(() => {
    if (kept !== null) editor?.adopt(kept);
  }, [editor, kept]);
  useEffect(() => {
    const hold = (event: BeforeUnloadEvent) => {
      if (editor !== null && editor.current().saving !== "saved") event.preventDefault();
    };
    window.addEventListener("beforeunload", hold);
    return () => window.removeEventListener("beforeunload", hold);
  }, [editor]);
  const editing = useSyncExternalStore(editor?.subscribe ?? NOTHING, editor?.current ?? NULL);
  return editor === null || editing === null ? null : { editor, editing };
}

const NOTHING = () => () => {};
const NULL = () => null;
