import { Button, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Release } from "../../features/devices/schema.ts";
import { ask } from "../api/client.ts";
import { type FieldText, FormDialog } from "../kit/form-dialog.tsx";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";
import { PHASE_WORD } from "../kit/words.ts";

/** Facts and clocks of the release. */
export function ReleaseFacts({ release, mayChange }: { release: Release; mayChange: boolean }) {
  const [changing, setChanging] = useState(false);
  return (
    <Section
      title={`Release ${release.version}`}
      actions={
        mayChange && (
          <Button size="compact-sm" variant="subtle" onClick={() => setChanging(true)}>
            Edit
          </Button>
        )
      }
    >
      <dl className="facts">
        <dt>Phase</dt>
        <dd>
          {PHASE_WORD[release.phase]} since <When at={release.phaseSince} />
        </dd>
        <dt>Support ends</dt>
        <dd>
          {release.endOfSupportOn === null ? (
            <span className="cell-dim">not stated</span>
          ) : (
            <When at={release.endOfSupportOn} />
          )}
        </dd>
        <dt>Parts</dt>
        <dd className="num">{release.components?.toLocaleString("en") ?? "no SBOM"}</dd>
        <dt>Units</dt>
        <dd className="num">{release.units.toLocaleString("en")}</dd>
        {release.notes !== "" && (
          <>
            <dt>Notes</dt>
            <dd className="notes">{release.notes}</dd>
          </>
        )}
      </dl>
      {changing && <ChangeRelease release={release} onClose={() => setChanging(false)} />}
    </Section>
  );
}

function ChangeRelease({ release, onClose }: { release: Release; onClose: () => void }) {
  const queries = useQueryClient();
  const change = useMutation(
    ask.devices.changeRelease.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: ask.devices.key() });
        onClose();
      },
    }),
  );
  const submit = (text: FieldText) => {
    change.mutate({
      id: release.id,
      revision: release.revision,
      version: text("version"),
      endOfSupportOn: text("endOfSupportOn") || null,
      notes: text("notes"),
    });
  };
  return (
    <FormDialog
      title={`Release ${release.version}`}
      error={change.error}
      busy={change.isPending}
      send="Save"
      onSend={submit}
      onClose={onClose}
    >
      <TextInput label="Version" name="version" required maxLength={200} defaultValue={release.version} />
      <TextInput
        label="Support ends on"
        name="endOfSupportOn"
        type="date"
        defaultValue={release.endOfSupportOn ?? ""}
      />
      <Textarea label="Notes" name="notes" maxLength={10_000} defaultValue={release.notes} />
    </FormDialog>
  );
}
