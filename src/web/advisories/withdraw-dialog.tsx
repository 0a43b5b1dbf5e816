import { Button, Modal, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { ProblemNotice } from "../kit/problem-notice.tsx";

interface Props {
  trackingId: string;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onWithdraw: (reason: string) => Promise<void>;
}

export function WithdrawDialog({ trackingId, busy, error, onClose, onWithdraw }: Props) {
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onWithdraw(reason.trim()).catch(() => {});
  };
  return (
    <Modal opened onClose={onClose} title={`Withdraw ${trackingId}`} closeButtonProps={{ "aria-label": "Close" }}>
      <form className="form" onSubmit={submit}>
        {error !== null && <ProblemNotice error={error} />}
        <p>
          A last issue goes out under the same number. It says that the advisory no longer holds, and why. This cannot
          be taken back; the earlier issues stay in the record.
        </p>
        <Textarea
          label="Why"
          required
          data-autofocus
          maxLength={2_000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div className="form-end">
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
          <Button type="submit" color="red" loading={busy} disabled={reason.trim() === ""}>
            Withdraw
          </Button>
        </div>
      </form>
    </Modal>
  );
}
