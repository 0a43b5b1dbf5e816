import { Button, Textarea } from "@mantine/core";
import { useState } from "react";

interface Props {
  onReject: (reason: string) => void;
  onCancel: () => void;
}

/** A rejection has its reason: an auditor reads it. Ctrl Enter sends it, Escape leaves. */
export function RejectForm({ onReject, onCancel }: Props) {
  const [reason, setReason] = useState("");
  const send = () => {
    if (reason.trim() !== "") onReject(reason.trim());
  };
  return (
    <form
      className="sf-reject"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.preventDefault();
          onCancel();
        } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          send();
        }
      }}
    >
      <Textarea
        autosize
        minRows={2}
        maxRows={8}
        size="sm"
        label="Why does it not apply?"
        data-autofocus
        autoFocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="sf-end">
        <Button size="xs" type="submit" disabled={reason.trim() === ""}>
          Reject
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
