import { Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";

interface Props {
  label: string;
  value: string;
  long?: boolean;
  error?: string | null;
  description?: ReactNode;
  onDone: (value: string) => void;
}

/** Text that counts when the person leaves the field. */
export function TextField({ label, value, long = false, error = null, description, onDone }: Props) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const Field = long ? Textarea : TextInput;
  return (
    <Field
      label={label}
      value={text}
      error={error}
      size="xs"
      inputWrapperOrder={["label", "input", "description", "error"]}
      description={description}
      onChange={(event: { currentTarget: { value: string } }) => setText(event.currentTarget.value)}
      onBlur={() => {
        if (text !== value) onDone(text);
      }}
      onKeyDown={(event: { key: string; currentTarget: { blur: () => void } }) => {
        if (event.key === "Enter" && !long) event.currentTarget.blur();
      }}
    />
  );
}
