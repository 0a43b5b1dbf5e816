import { ActionIcon, Button, Checkbox, Select, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type DeviceInterface, InterfaceKind, type Release } from "../../features/devices/schema.ts";
import { ask } from "../api/client.ts";
import { FormDialog } from "../kit/form-dialog.tsx";
import { INTERFACE_WORD } from "../kit/words.ts";

export function ChangeInterfaces({ release, onClose }: { release: Release; onClose: () => void }) {
  const queries = useQueryClient();
  const [ways, setWays] = useState<DeviceInterface[]>(release.interfaces);
  const set = (place: number, part: Partial<DeviceInterface>) =>
    setWays(ways.map((way, i) => (i === place ? { ...way, ...part } : way)));
  const change = useMutation(
    ask.devices.changeRelease.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: ask.devices.key() });
        onClose();
      },
    }),
  );
  const submit = () => {
    change.mutate({
      id: release.id,
      revision: release.revision,
      interfaces: ways.filter((way) => way.name.trim() !== ""),
    });
  };
  return (
    <FormDialog
      title={`Interfaces of ${release.version}`}
      size="xl"
      error={change.error}
      busy={change.isPending}
      send="Save"
      onSend={submit}
      onClose={onClose}
    >
      {ways.map((way, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an interface has no identity but its place
        <div className="form-row form-interface" key={i}>
          <TextInput
            aria-label={`Interface ${i + 1}: name`}
            placeholder="Hospital network"
            value={way.name}
            onChange={(event) => set(i, { name: event.currentTarget.value })}
          />
          <Select
            aria-label={`Interface ${i + 1}: kind`}
            allowDeselect={false}
            data={InterfaceKind.options.map((value) => ({ value, label: INTERFACE_WORD[value] }))}
            value={way.kind}
            onChange={(value) => set(i, { kind: InterfaceKind.parse(value) })}
          />
          <TextInput
            aria-label={`Interface ${i + 1}: protocol`}
            placeholder="HL7 v2 over MLLP"
            value={way.protocol}
            onChange={(event) => set(i, { protocol: event.currentTarget.value })}
          />
          <Checkbox
            label="Reachable from outside"
            checked={way.exposed}
            onChange={(event) => set(i, { exposed: event.currentTarget.checked })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`Remove interface ${i + 1}`}
            onClick={() => setWays(ways.filter((_, place) => place !== i))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => setWays([...ways, { kind: "wired", name: "", protocol: "", exposed: false, notes: "" }])}
        >
          Add an interface
        </Button>
      </div>
    </FormDialog>
  );
}
