import { TextInput } from "@mantine/core";

interface Props {
  label: string;
  description?: string;
  value: string;
  onChange: (value: string) => void;
}

/** A moment on the reader's clock. */
export function InstantField({ label, description, value, onChange }: Props) {
  return (
    <TextInput
      type="datetime-local"
      label={label}
      description={description}
      required
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** `YYYY-MM-DDTHH:MM` of the reader's clock, as such a field has it. */
export function localNow(now = new Date()): string {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export const instantOf = (local: string): string => new Date(local).toISOString();
