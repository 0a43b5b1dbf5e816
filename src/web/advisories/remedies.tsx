import { ActionIcon, Button, Select, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type Remedy, RemedyKind } from "../../features/publish/schema.ts";
import { optionsOf, REMEDY_WORD } from "./words.ts";

interface Props {
  name: string;
  remedies: readonly Remedy[];
  disabled: boolean;
  onChange: (remedies: Remedy[]) => void;
}

/** What to do where a release is affected: fixes with their date, mitigations, or that there is none yet. */
export function Remedies({ name, remedies, disabled, onChange }: Props) {
  const change = (at: number, part: Partial<Remedy>) =>
    onChange(remedies.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <div>
      <p className="field-label">What to do</p>
      {remedies.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name and keep their order
        <div key={i} className="remedy">
          <div className="form-row">
            <Select
              size="xs"
              aria-label={`Kind of measure ${i + 1} for ${name}`}
              data={optionsOf(REMEDY_WORD)}
              value={one.kind}
              allowDeselect={false}
              disabled={disabled}
              onChange={(value) => change(i, { kind: RemedyKind.parse(value) })}
            />
            <TextInput
              size="xs"
              type="date"
              aria-label={`Date of measure ${i + 1} for ${name}`}
              value={one.availableOn ?? ""}
              onChange={(event) => change(i, { availableOn: event.currentTarget.value || null })}
            />
            <TextInput
              size="xs"
              aria-label={`Address of measure ${i + 1} for ${name}`}
              placeholder="https://…"
              value={one.url}
              error={one.url === "" || /^https:\/\/\S+$/.test(one.url) ? undefined : "An https address"}
              onChange={(event) => change(i, { url: event.currentTarget.value.trim() })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove measure ${i + 1} for ${name}`}
              disabled={disabled}
              onClick={() => onChange(remedies.filter((_, j) => j !== i))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </div>
          <Textarea
            aria-label={`Measure ${i + 1} for ${name}`}
            value={one.details}
            maxLength={20_000}
            onChange={(event) => change(i, { details: event.currentTarget.value })}
          />
        </div>
      ))}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} />}
        disabled={disabled}
        onClick={() => onChange([...remedies, { kind: "vendor_fix", details: "", availableOn: null, url: "" }])}
      >
        Add a measure
      </Button>
    </div>
  );
}
