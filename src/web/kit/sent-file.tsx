import { Button, Progress } from "@mantine/core";
import type { ReactNode } from "react";
import { Mark } from "./mark.tsx";

interface SendingProps {
  file: string;
  /** Sent of it, 0 to 1. */
  share: number;
  /** What the server does with it once it is there; without it, it is sent until the answer comes. */
  then?: string;
  onCancel?: () => void;
}

/** How far a file is on its way, and what is done with it when it is there. */
export function SendingFile({ file, share, then, onCancel }: SendingProps) {
  const arrived = share >= 1;
  return (
    <div className="upload" role="status">
      <p>
        {arrived && then !== undefined ? then : "Sending"} <b>{file}</b>
        {!arrived && <span className="num quiet"> {Math.round(share * 100)} %</span>}
      </p>
      <Progress value={share * 100} animated={arrived} aria-label="Upload" size="sm" />
      {onCancel !== undefined && (
        <Button size="compact-sm" variant="subtle" onClick={onCancel}>
          Cancel
        </Button>
      )}
    </div>
  );
}

interface RefusedProps {
  title: string;
  why: { reason: string; at: string | null; fix: string | null };
  /** What became of what was there before. */
  kept: string | null;
  onClose: () => void;
  /** Another way on, before the button that closes. */
  children?: ReactNode;
}

/** A file that was not taken: why, where in it, what to do, and that nothing is lost. */
export const RefusedFile = ({ title, why: { reason, at, fix }, kept, onClose, children }: RefusedProps) => (
  <div className="problem upload-refused" role="alert">
    <p className="problem-title">
      <Mark shape="cross" />
      {title}
    </p>
    <p>{reason}</p>
    {at !== null && (
      <p>
        At <code>{at}</code>
      </p>
    )}
    {fix !== null && <p className="problem-fix">{fix}</p>}
    {kept !== null && <p className="problem-fix">{kept}</p>}
    <div className="form-end">
      {children}
      <Button size="xs" variant="default" onClick={onClose}>
        Close
      </Button>
    </div>
  </div>
);
