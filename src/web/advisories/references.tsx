import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { Reference } from "../../features/publish/schema.ts";

interface Props {
  references: readonly Reference[];
  disabled: boolean;
  onChange: (references: Reference[]) => void;
}

/** Where to read more. */
export function References({ references, disabled, onChange }: Props) {
  const change = (at: number, part: Partial<Reference>) =>
    onChange(references.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <div>
      <p className="field-label">Read more</p>
      {references.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name and keep their order
        <div key={i} className="reference">
          <TextInput
            size="xs"
            aria-label={`Name of link ${i + 1}`}
            placeholder="What it is"
            value={one.summary}
            maxLength={300}
            onChange={(event) => change(i, { summary: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            aria-label={`Address of link ${i + 1}`}
            placeholder="https://…"
            value={one.url}
            maxLength={2_000}
            onChange={(event) => change(i, { url: event.currentTarget.value.trim() })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove link ${i + 1}`}
            disabled={disabled}
            onClick={() => onChange(references.filter((_, j) => j !== i))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} />}
        disabled={disabled}
        onClick={() => onChange([...references, { summary: "Advisory of the part's maker", url: "https://" }])}
      >
        Add a link
      </Button>
    </div>
  );
}
