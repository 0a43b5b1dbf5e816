import { ActionIcon, Button, NumberInput, Select, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type DataHeld, DataKind, NetworkPosition, type Release } from "../../features/devices/schema.ts";
import { ask } from "../api/client.ts";
import { FormDialog } from "../kit/form-dialog.tsx";
import { Section } from "../kit/section.tsx";
import { DATA_WORD, NETWORK_WORD } from "../kit/words.ts";

const NOT_STATED = <span className="cell-dim">not stated</span>;

/** Where units of the release stand and what they hold: what scoring needs to know besides the interfaces. */
export function ReleaseContext({ release, mayChange }: { release: Release; mayChange: boolean }) {
  const [changing, setChanging] = useState(false);
  const { networkPosition, dataHeld, patientRecords } = release;
  return (
    <Section
      title="Where it stands, what it holds"
      actions={
        mayChange && (
          <Button size="compact-sm" variant="subtle" onClick={() => setChanging(true)}>
            Edit
          </Button>
        )
      }
    >
      <dl className="facts">
        <dt>Network</dt>
        <dd>{networkPosition === null ? NOT_STATED : NETWORK_WORD[networkPosition]}</dd>
        <dt>Data</dt>
        <dd>
          {dataHeld === null
            ? NOT_STATED
            : dataHeld.length === 0
              ? "none that matters"
              : dataHeld.map(({ kind, name }) => (
                  <span key={`${kind} ${name}`} className="data-held">
                    {name} <small className="quiet">{DATA_WORD[kind].toLowerCase()}</small>
                  </span>
                ))}
        </dd>
        <dt>Patients</dt>
        <dd className="num">
          {patientRecords === null
            ? NOT_STATED
            : `records of ${patientRecords.toLocaleString("en")} in reach of one unit`}
        </dd>
      </dl>
      {changing && <ChangeContext release={release} onClose={() => setChanging(false)} />}
    </Section>
  );
}

function ChangeContext({ release, onClose }: { release: Release; onClose: () => void }) {
  const queries = useQueryClient();
  const [position, setPosition] = useState(release.networkPosition);
  const [held, setHeld] = useState<readonly DataHeld[] | null>(release.dataHeld);
  const [patients, setPatients] = useState<number | null>(release.patientRecords);
  const change = useMutation(
    ask.devices.changeRelease.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: ask.devices.key() });
        void queries.invalidateQueries({ queryKey: ask.risk.key() });
        onClose();
      },
    }),
  );
  const submit = () => {
    change.mutate({
      id: release.id,
      revision: release.revision,
      networkPosition: position,
      dataHeld: held === null ? null : held.filter(({ name }) => name.trim() !== ""),
      patientRecords: patients,
    });
  };
  const set = (place: number, part: Partial<DataHeld>) =>
    setHeld((held ?? []).map((one, i) => (i === place ? { ...one, ...part } : one)));
  return (
    <FormDialog
      title={`Where ${release.version} stands, what it holds`}
      size="lg"
      error={change.error}
      busy={change.isPending}
      send="Save"
      onSend={submit}
      onClose={onClose}
    >
      <Select
        label="Network"
        placeholder="Not stated"
        clearable
        data={NetworkPosition.options.map((value) => ({ value, label: NETWORK_WORD[value] }))}
        value={position}
        onChange={(value) => setPosition(value === null ? null : NetworkPosition.parse(value))}
      />
      <fieldset className="data-fields">
        <legend>Data it holds or passes on</legend>
        {held?.map((one, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: data has no identity but its place
          <div className="form-row" key={i}>
            <TextInput
              aria-label={`Data ${i + 1}: name`}
              placeholder="Drug library"
              maxLength={200}
              value={one.name}
              onChange={(event) => set(i, { name: event.currentTarget.value })}
            />
            <Select
              aria-label={`Data ${i + 1}: kind`}
              allowDeselect={false}
              data={DataKind.options.map((value) => ({ value, label: DATA_WORD[value] }))}
              value={one.kind}
              onChange={(value) => set(i, { kind: DataKind.parse(value) })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={`Remove data ${i + 1}`}
              onClick={() => setHeld(held.filter((_, place) => place !== i))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </div>
        ))}
        <div className="decide-buttons">
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} />}
            onClick={() => setHeld([...(held ?? []), { kind: "patient", name: "" }])}
          >
            Add data
          </Button>
          {held === null && (
            <Button variant="subtle" size="xs" onClick={() => setHeld([])}>
              It holds none that matters
            </Button>
          )}
        </div>
      </fieldset>
      <NumberInput
        label="Patients whose records one unit can reach"
        placeholder="Not stated"
        min={0}
        max={1_000_000_000}
        allowDecimal={false}
        value={patients ?? ""}
        onChange={(value) => setPatients(typeof value === "number" ? value : null)}
      />
    </FormDialog>
  );
}
