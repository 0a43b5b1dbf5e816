import { useRef } from "react";
import { useCanvas } from "./canvas-context.ts";

interface Props {
  kind: "elements" | "zones";
  id: string;
  name: string;
}

/** The name as a field on the picture: Enter keeps it, Escape leaves it as it was. */
export function Rename({ kind, id, name }: Props) {
  const { onRenamed } = useCanvas();
  const done = useRef(false);
  const finish = (value: string | null) => {
    if (done.current) return;
    done.current = true;
    const trimmed = value?.trim() ?? "";
    onRenamed(kind, id, trimmed === "" || trimmed === name ? null : trimmed);
  };
  return (
    <input
      className="rename nodrag nopan"
      aria-label="Name"
      defaultValue={name}
      // biome-ignore lint/a11y/noAutofocus: it appears because the person asked to write
      autoFocus
      maxLength={300}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") finish(event.currentTarget.value);
        if (event.key === "Escape") finish(null);
      }}
    />
  );
}
