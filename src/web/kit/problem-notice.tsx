import { Button } from "@mantine/core";
import { problemOf } from "../api/problem.ts";
import { Mark } from "./mark.tsx";

interface Props {
  error: unknown;
  onRetry?: (() => unknown) | undefined;
}

/** What happened, where, and what to do; never a bare "error". */
export function ProblemNotice({ error, onRetry }: Props) {
  const problem = problemOf(error);
  return (
    <div className="problem" role="alert">
      <p className="problem-title">
        <Mark shape="cross" />
        {problem.title}
      </p>
      {problem.reason !== "" && <p>{problem.reason}</p>}
      {problem.at !== null && (
        <p className="problem-at">
          At <code>{problem.at}</code>
        </p>
      )}
      {problem.fix !== null && <p className="problem-fix">{problem.fix}</p>}
      {onRetry !== undefined && (
        <Button size="xs" variant="default" onClick={() => onRetry()}>
          Try again
        </Button>
      )}
    </div>
  );
}
