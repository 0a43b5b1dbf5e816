import {
  type InfiniteData,
  type QueryKey,
  type UseInfiniteQueryOptions,
  useInfiniteQuery,
} from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { Total } from "../../lib/page.ts";

interface Page<T> {
  items: T[];
  next: string | null;
  total: Total;
}

export const PAGE_ROWS = 100;

/** What every paged query shares: from the first page on, by the place the server gives. */
export const paging = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last: { next: string | null }): string | undefined => last.next ?? undefined,
};

/** All rows read so far of a paged list; `more` reads the next page when there is one. */
export function usePages<T>(
  options: UseInfiniteQueryOptions<
    Page<T>,
    Error,
    InfiniteData<Page<T>, string | undefined>,
    QueryKey,
    string | undefined
  >,
) {
  const query = useInfiniteQuery(options);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { query, rows, total: query.data?.pages[0]?.total, more };
}
