import { Button } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { type DragEvent, type ReactNode, useRef, useState } from "react";

interface Props {
  /** What is dropped: "an SBOM". */
  what?: string;
  formats?: string;
  accept?: string;
  onFile: (file: File) => void;
  disabled?: boolean;
  children?: ReactNode;
}

const SBOM_FORMATS = "CycloneDX 1.2–1.7 (JSON, XML), SPDX 2.2/2.3 (JSON, tag-value), SPDX 3.0 (JSON-LD)";
const SBOM_ENDINGS = ".json,.xml,.spdx,.cdx,.bom,.jsonld,.txt";

/** A place to drop a file on, with a button that does the same for the keyboard. */
export function DropZone({
  what = "an SBOM",
  formats = SBOM_FORMATS,
  accept = SBOM_ENDINGS,
  onFile,
  disabled = false,
  children,
}: Props) {
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
          <b>Drop {what} here</b>
        </p>
        <p className="quiet">{formats}</p>
        {children}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={`${what.replace(/^an? /, "")} file`}
        accept={accept}
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
