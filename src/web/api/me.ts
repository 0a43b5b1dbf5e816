import { useSuspenseQuery } from "@tanstack/react-query";
import type { Action } from "../../features/people/schema.ts";
import { ask } from "./client.ts";

export const meQuery = () => ask.people.me.queryOptions({ staleTime: 60_000, retry: false });

/** Who is signed in. Only inside the shell, whose route loads it first. */
export const useMe = () => useSuspenseQuery(meQuery()).data;

/** True when the policies allow me this; a hint for what to show, the server decides again. */
export function useMay(): (action: Action) => boolean {
  const { actions } = useMe();
  return (action) => actions.includes(action);
}
