import { Checkbox, Textarea } from "@mantine/core";
import { useState } from "react";
import type { Advisory, Tlp } from "../../features/publish/schema.ts";
import { useMe } from "../api/me.ts";
import { FormDialog } from "../kit/form-dialog.tsx";

interface Props {
  advisory: Advisory;
  tlp: Tlp;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onPublish: (summary: string) => Promise<void>;
}

/** A signature, so it is asked for: who, what it means, and what is said of the change. */
export function PublishDialog({ advisory, tlp, busy, error, onClose, onPublish }: Props) {
  const me = useMe();
  const number = (advisory.revisions.at(-1)?.number ?? 0) + 1;
  const [summary, setSummary] = useState(number === 1 ? "First issue." : "");
  const [signed, setSigned] = useState(false);
  const submit = () => {
    onPublish(summary.trim()).catch(() => {});
  };
  return (
    <FormDialog
      title={`Publish ${advisory.trackingId}, issue ${number}`}
      error={error}
      busy={busy}
      send="Sign and publish"
      cancel="Not yet"
      ready={signed && summary.trim() !== ""}
      onSend={submit}
      onClose={onClose}
    >
      <p>
        {tlp === "WHITE"
          ? "Everybody can read it from the moment you publish, where the CSAF provider is on. It cannot be changed afterwards, only followed by another issue."
          : "It is kept signed and unchangeable, and is not served to everybody: hand the file to those it is for."}
      </p>
      <Textarea
        label="What changed"
        description="Stands in the advisory's revision history."
        required
        data-autofocus
        maxLength={2_000}
        value={summary}
        onChange={(event) => setSummary(event.currentTarget.value)}
      />
      <Checkbox
        label={`I, ${me.name}, have read it and publish it for ${me.organization.name}.`}
        checked={signed}
        onChange={(event) => setSigned(event.currentTarget.checked)}
      />
    </FormDialog>
  );
}
