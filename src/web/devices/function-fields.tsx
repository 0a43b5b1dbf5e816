import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type DeviceFunction, FunctionKind, HARM_MEANING, HARMS, Harm } from "../../features/devices/schema.ts";
import { FUNCTION_WORD, HARM_WORD } from "../kit/words.ts";

interface Props {
  functions: readonly DeviceFunction[];
  onChange: (functions: DeviceFunction[]) => void;
}

/** What a device does, and the worst harm when that stops or lies: what ranks its findings. */
export function FunctionFields({ functions, onChange }: Props) {
  const set = (place: number, part: Partial<DeviceFunction>) =>
    onChange(functions.map((f, i) => (i === place ? { ...f, ...part } : f)));
  return (
    <fieldset className="fieldset">
      <legend>What it does</legend>
      <p className="quiet">Findings are ranked by the worst harm to a patient if a function stops or lies.</p>
      {functions.map((f, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a function has no identity but its place
        <div className="form-row form-function" key={i}>
          <Select
            aria-label={`Function ${i + 1}: kind`}
            allowDeselect={false}
            data={FunctionKind.options.map((value) => ({ value, label: FUNCTION_WORD[value] }))}
            value={f.kind}
            onChange={(value) => set(i, { kind: FunctionKind.parse(value) })}
          />
          <TextInput
            aria-label={`Function ${i + 1}: name`}
            placeholder="Delivers insulin at a set rate"
            value={f.name}
            onChange={(event) => set(i, { name: event.currentTarget.value })}
          />
          <Select
            aria-label={`Function ${i + 1}: worst harm`}
            allowDeselect={false}
            comboboxProps={{ width: 300 }}
            data={HARMS.map((value) => ({ value, label: HARM_WORD[value] }))}
            renderOption={({ option }) => (
              <span className="option-two">
                {option.label}
                <small>{HARM_MEANING[Harm.parse(option.value)]}</small>
              </span>
            )}
            value={f.harm}
            onChange={(value) => set(i, { harm: Harm.parse(value) })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`Remove function ${i + 1}`}
            onClick={() => onChange(functions.filter((_, place) => place !== i))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...functions, { kind: "therapy", name: "", harm: "serious" }])}
      >
        Add a function
      </Button>
    </fieldset>
  );
}
