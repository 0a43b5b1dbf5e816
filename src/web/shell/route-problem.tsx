import { useRouter } from "@tanstack/react-router";
import { ProblemNotice } from "../kit/problem-notice.tsx";

/** A page that could not be shown. The rail stays where it is. */
export function RouteProblem({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  return (
    <div className="page">
      <ProblemNotice
        error={error}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </div>
  );
}
