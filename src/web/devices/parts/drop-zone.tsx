import { Button } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { type DragEvent, type ReactNode, useRef, useState } from "react";

interface Props {
  onFile: (file: File) => void;
  disabled?: boolean;
  children?: ReactNode;
}

/** A place to drop an SBOM on, with a button that does the same for the keyboard. */
export function DropZone({ onFile, disabled = false, children }: Props) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined && !disabled) onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the mouse; the button inside is the accessible way
    <div
      className={`drop${over ? " drop-over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileUpload size={26} stroke={1.5} aria-hidden="true" />
      <div className="drop-text">
        <p>
          <b>Drop an SBOM here</b>
        </p>
        <p className="quiet">CycloneDX 1.2–1.7 (JSON, XML), SPDX 2.2/2.3 (JSON, tag-value), SPDX 3.0 (JSON-LD)</p>
        {children}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="SBOM file"
        accept=".json,.xml,.spdx,.cdx,.bom,.jsonld,.txt"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file !== undefined) onFile(file);
        }}
      />
      <Button variant="default" onClick={() => input.current?.click()} disabled={disabled}>
        Choose a file
      </Button>
    </div>
  );
}
