import { Button, Modal, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Device, DeviceFunction } from "../../features/devices/schema.ts";
import { ask } from "../api/client.ts";
import { ProblemNotice } from "../kit/problem-notice.tsx";
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
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim();
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
    <Modal opened onClose={onClose} title={device.name} size="lg" closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit} className="form">
        {change.error !== null && <ProblemNotice error={change.error} />}
        <TextInput label="Name" name="name" required maxLength={200} defaultValue={device.name} data-autofocus />
        <div className="form-row">
          <TextInput label="Model" name="model" maxLength={200} defaultValue={device.model} />
          <TextInput label="Maker" name="manufacturer" maxLength={200} defaultValue={device.manufacturer} />
          <TextInput label="Owner team" name="ownerTeam" maxLength={200} defaultValue={device.ownerTeam} />
        </div>
        <Textarea label="Intended use" name="intendedUse" maxLength={10_000} defaultValue={device.intendedUse} />
        <FunctionFields functions={functions} onChange={setFunctions} />
        <div className="form-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={change.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
