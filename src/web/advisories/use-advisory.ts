import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Advisory, AdvisoryContent } from "../../features/publish/schema.ts";
import { ask } from "../api/client.ts";
import { sayProblem } from "../kit/notify.tsx";

const CHECK_AFTER_MS = 500;

/** An advisory that is being written: what is on the page, what is saved, and what would go out. */
export function useAdvisory(saved: Advisory, mayWrite: boolean) {
  const queries = useQueryClient();
  const [content, setContent] = useState<AdvisoryContent>(saved.content);
  const dirty = JSON.stringify(content) !== JSON.stringify(saved.content);
  const [settled] = useDebouncedValue(content, CHECK_AFTER_MS);
  const preview = useQuery(
    ask.publish.preview.queryOptions({
      input: { id: saved.id, content: settled },
      enabled: mayWrite && saved.state !== "withdrawn",
      placeholderData: keepPreviousData,
      staleTime: 0,
      retry: false,
    }),
  );
  const keep = (advisory: Advisory) => {
    queries.setQueryData(ask.publish.get.queryKey({ input: { id: advisory.id } }), advisory);
    void queries.invalidateQueries({ queryKey: ask.publish.list.key() });
    setContent(advisory.content);
  };
  const options = { onSuccess: keep, onError: sayProblem };
  const save = useMutation(ask.publish.change.mutationOptions(options));
  const publish = useMutation(ask.publish.publish.mutationOptions({ onSuccess: keep }));
  const withdraw = useMutation(ask.publish.withdraw.mutationOptions({ onSuccess: keep }));
  /** Saves what is not saved yet; the revision to go on from. */
  const saveNow = async (): Promise<number> =>
    dirty ? (await save.mutateAsync({ id: saved.id, revision: saved.revision, content })).revision : saved.revision;
  const checking = settled !== content || preview.isFetching;
  return { content, setContent, dirty, preview, checking, save, saveNow, publish, withdraw };
}
