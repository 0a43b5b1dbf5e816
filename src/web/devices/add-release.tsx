import { Checkbox, Select, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type Device, PHASES, Phase } from "../../features/devices/schema.ts";
import { ask } from "../api/client.ts";
import { type FieldText, FormDialog } from "../kit/form-dialog.tsx";
import { today } from "../kit/time.ts";
import { PHASE_WORD } from "../kit/words.ts";

export function AddRelease({ device, onClose }: { device: Device; onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const latest = device.releaseList[0];
  const add = useMutation(
    ask.devices.addRelease.mutationOptions({
      onSuccess: (release) => {
        void queries.invalidateQueries({ queryKey: ask.devices.key() });
        onClose();
        void navigate({ to: "/devices/$deviceId", params: { deviceId: device.id }, search: { release: release.id } });
      },
    }),
  );
  const submit = (text: FieldText, form: FormData) => {
    add.mutate({
      id: device.id,
      version: text("version"),
      phase: Phase.parse(text("phase")),
      since: text("since"),
      endOfSupportOn: text("endOfSupportOn") || null,
      notes: text("notes"),
      current: form.has("current"),
      ...(form.has("copy") && latest !== undefined ? { copyFrom: latest.id } : {}),
    });
  };
  return (
    <FormDialog
      title={`Add a release of ${device.name}`}
      size="lg"
      error={add.error}
      busy={add.isPending}
      send="Add the release"
      onSend={submit}
      onClose={onClose}
    >
      <TextInput label="Version" name="version" required maxLength={200} data-autofocus placeholder="3.1.0" />
      <div className="form-row">
        <Select
          label="Phase"
          name="phase"
          allowDeselect={false}
          defaultValue="development"
          data={PHASES.map((value) => ({ value, label: PHASE_WORD[value] }))}
        />
        <TextInput label="In this phase since" name="since" type="date" required defaultValue={today()} />
        <TextInput label="Support ends on" name="endOfSupportOn" type="date" />
      </div>
      <Textarea label="Notes" name="notes" maxLength={10_000} />
      {latest !== undefined && (
        <Checkbox
          name="copy"
          defaultChecked
          label={`Take over the interfaces and the security file of ${latest.version}`}
        />
      )}
      <Checkbox name="current" defaultChecked label="Open the device page on this release" />
    </FormDialog>
  );
}
