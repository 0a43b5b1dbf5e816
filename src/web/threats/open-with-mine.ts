import type { QueryClient } from "@tanstack/react-query";
import { redirect } from "@tanstack/react-router";
import { ask } from "../api/client.ts";
import { parseSearch } from "../api/search-params.ts";

/** An inbox opened without any filter opens with the person's own default, when there is one. */
export async function openWithMine(queries: QueryClient, searchText: string): Promise<void> {
  if (searchText !== "") return;
  const filters = await queries.ensureQueryData(ask.filters.list.queryOptions()).catch(() => ({ items: [] }));
  const mine = filters.items.find((filter) => filter.isDefault);
  if (mine === undefined || mine.search === "") return;
  throw redirect({ to: "/threats", search: parseSearch(mine.search), replace: true });
}
