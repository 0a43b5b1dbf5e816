import { Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { DeviceFunction } from "../../features/devices/schema.ts";
import { ask } from "../api/client.ts";
import { type FieldText, FormDialog } from "../kit/form-dialog.tsx";
import { FunctionFields } from "./function-fields.tsx";

/** Name, use and what it does for a patient; releases and SBOMs follow on the device's page. */
export function AddDevice({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [functions, setFunctions] = useState<DeviceFunction[]>([]);
  const create = useMutation(
    ask.devices.create.mutationOptions({
      onSuccess: (device) => {
        void queries.invalidateQueries({ queryKey: ask.devices.key() });
        void navigate({ to: "/devices/$deviceId", params: { deviceId: device.id } });
      },
    }),
  );
  const submit = (text: FieldText) => {
    create.mutate({
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
      title="Add a device"
      size="lg"
      error={create.error}
      busy={create.isPending}
      send="Add the device"
      onSend={submit}
      onClose={onClose}
    >
      <TextInput label="Name" name="name" required maxLength={200} data-autofocus placeholder="Infusion pump" />
      <div className="form-row">
        <TextInput label="Model" name="model" maxLength={200} />
        <TextInput label="Maker" name="manufacturer" maxLength={200} />
        <TextInput label="Owner team" name="ownerTeam" maxLength={200} />
      </div>
      <Textarea
        label="Intended use"
        name="intendedUse"
        maxLength={10_000}
        description="As in its labelling: for whom, by whom, where."
      />
      <FunctionFields functions={functions} onChange={setFunctions} />
    </FormDialog>
  );
}
