import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { problemOf } from "./problem.ts";

const FRESH_MS = 15_000;

/** Answers are fresh for 15 s; a refusal is final, only an unreachable server is asked again. */
export function createQueries(onSignedOut: () => void): QueryClient {
  const watch = (error: unknown) => {
    if (problemOf(error).code === "not_signed_in") onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (count, error) => count < 3 && ["offline", "unavailable"].includes(problemOf(error).code),
      },
    },
  });
}
