import { Button, Modal, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import type { Phase, Release } from "../../features/devices/schema.ts";
import { ask } from "../api/client.ts";
import { say } from "../kit/notify.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { today } from "../kit/time.ts";
import { PHASE_WORD } from "../kit/words.ts";

interface Props {
  release: Release;
  phase: Phase;
  onClose: () => void;
}

/** Records a transition with its day and why; it goes into the ledger and stays there. */
export function EnterPhase({ release, phase, onClose }: Props) {
  const queries = useQueryClient();
  const enter = useMutation(
    ask.devices.enterPhase.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: ask.devices.key() });
        say(`${release.version} entered ${PHASE_WORD[phase].toLowerCase()}`);
        onClose();
      },
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    enter.mutate({
      id: release.id,
      revision: release.revision,
      phase,
      since: String(form.get("since")),
      note: String(form.get("note") ?? ""),
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${release.version} enters ${PHASE_WORD[phase].toLowerCase()}`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form onSubmit={submit} className="form">
        {enter.error !== null && <ProblemNotice error={enter.error} />}
        <p className="quiet">
          The ledger keeps who recorded this and when. It cannot be removed, only followed by another transition.
        </p>
        <TextInput
          label="First day in this phase"
          name="since"
          type="date"
          required
          defaultValue={today()}
          data-autofocus
        />
        <Textarea label="Why" name="note" maxLength={2_000} placeholder="Design review of 4 March passed" />
        <div className="form-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={enter.isPending}>
            Record
          </Button>
        </div>
      </form>
    </Modal>
  );
}
