import { Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Phase, Release } from "../../features/devices/schema.ts";
import { ask } from "../api/client.ts";
import { type FieldText, FormDialog } from "../kit/form-dialog.tsx";
import { say } from "../kit/notify.tsx";
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
  const submit = (text: FieldText) => {
    enter.mutate({
      id: release.id,
      revision: release.revision,
      phase,
      since: text("since"),
      note: text("note"),
    });
  };
  return (
    <FormDialog
      title={`${release.version} enters ${PHASE_WORD[phase].toLowerCase()}`}
      error={enter.error}
      busy={enter.isPending}
      send="Record"
      onSend={submit}
      onClose={onClose}
    >
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
    </FormDialog>
  );
}
