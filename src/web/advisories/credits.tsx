import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { Acknowledgment } from "../../features/publish/schema.ts";

interface Props {
  acknowledgments: readonly Acknowledgment[];
  disabled: boolean;
  onChange: (acknowledgments: Acknowledgment[]) => void;
}

const FIELDS = [
  { key: "name", label: "Name" },
  { key: "organization", label: "Organisation" },
  { key: "summary", label: "For what" },
] as const;

/** Whom to thank. */
export function Credits({ acknowledgments, disabled, onChange }: Props) {
  return (
    <div className="credits">
      <p className="field-label">Thanks to</p>
      {acknowledgments.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name and keep their order
        <div key={i} className="credit">
          {FIELDS.map(({ key, label }) => (
            <TextInput
              key={key}
              size="xs"
              aria-label={`${label} of thanks ${i + 1}`}
              placeholder={label}
              value={one[key]}
              onChange={(event) =>
                onChange(
                  acknowledgments.map((other, j) => (i === j ? { ...other, [key]: event.currentTarget.value } : other)),
                )
              }
            />
          ))}
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove thanks ${i + 1}`}
            disabled={disabled}
            onClick={() => onChange(acknowledgments.filter((_, j) => j !== i))}
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
        onClick={() => onChange([...acknowledgments, { name: "", organization: "", summary: "" }])}
      >
        Thank somebody
      </Button>
    </div>
  );
}
