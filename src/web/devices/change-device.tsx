import { Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Device, DeviceFunction } from "../../features/devices/schema.ts";
import { ask } from "../api/client.ts";
import { type FieldText, FormDialog } from "../kit/form-dialog.tsx";
import { FunctionFields } from "./function-fields.tsx";

export function ChangeDevice({ device, onClose }: { device: Device; onClose: () => void }) {
  const queries = useQueryClient();
  const [functions, setFunctions] = useState<DeviceFunction[]>(device.functions);
  const change = useMutation(
    ask.devices.change.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: ask.devices.key() });
        onClose();
      },
    }),
  );
  const submit = (text: FieldText) => {
    change.mutate({
      id: device.id,
      revision: device.revision,
      name: text("name"),
      model: text("model"),
      manufacturer: text("manufacturer"),
      ownerTeam: text("ownerTeam"),
      intendedUse: text("intendedUse"),
      functions: functions.filter((f) => f.name.trim() !== ""),
    });
  };
  return (
    <FormDialog
      title={device.name}
      size="lg"
      error={change.error}
      busy={change.isPending}
      send="Save"
      onSend={submit}
      onClose={onClose}
    >
      <TextInput label="Name" name="name" required maxLength={200} defaultValue={device.name} data-autofocus />
      <div className="form-row">
        <TextInput label="Model" name="model" maxLength={200} defaultValue={device.model} />
        <TextInput label="Maker" name="manufacturer" maxLength={200} defaultValue={device.manufacturer} />
        <TextInput label="Owner team" name="ownerTeam" maxLength={200} defaultValue={device.ownerTeam} />
      </div>
      <Textarea label="Intended use" name="intendedUse" maxLength={10_000} defaultValue={device.intendedUse} />
      <FunctionFields functions={functions} onChange={setFunctions} />
    </FormDialog>
  );
}
