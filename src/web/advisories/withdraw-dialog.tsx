import { Textarea } from "@mantine/core";
import { useState } from "react";
import { FormDialog } from "../kit/form-dialog.tsx";

interface Props {
  trackingId: string;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onWithdraw: (reason: string) => Promise<void>;
}

export function WithdrawDialog({ trackingId, busy, error, onClose, onWithdraw }: Props) {
  const [reason, setReason] = useState("");
  const submit = () => {
    onWithdraw(reason.trim()).catch(() => {});
  };
  return (
    <FormDialog
      title={`Withdraw ${trackingId}`}
      error={error}
      busy={busy}
      send="Withdraw"
      color="red"
      cancel="Keep it"
      ready={reason.trim() !== ""}
      onSend={submit}
      onClose={onClose}
    >
      <p>
        A last issue goes out under the same number. It says that the advisory no longer holds, and why. This cannot be
        taken back; the earlier issues stay in the record.
      </p>
      <Textarea
        label="Why"
        required
        data-autofocus
        maxLength={2_000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
