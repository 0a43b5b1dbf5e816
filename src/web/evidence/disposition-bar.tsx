import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Disposition, Evidence, FindingState, KeptFinding } from "../../features/evidence/stored/schema.ts";
import { FINDING_WORD } from "./words.ts";

/** The key of each disposition. */
const KEYS = { f: "fixed", c: "accepted", d: "deferred", n: "not-applicable", o: "open" } as const satisfies Record<
  string,
  FindingState
>;

export const stateOfKey = (key: string): FindingState | null =>
  Object.entries(KEYS).find(([known]) => known === key)?.[1] ?? null;

interface Props {
  finding: KeptFinding;
  files: readonly Evidence[];
  asking: FindingState | null;
  onAsk: (state: FindingState | null) => void;
  onDecide: (disposition: Disposition | null) => void;
}

/** What is done about a finding: one press, then its reason. */
export function DispositionBar({ finding, files, asking, onAsk, onDecide }: Props) {
  return (
    <div className="decide">
      {/* biome-ignore lint/a11y/useSemanticElements: a row of buttons, not a set of fields */}
      <div className="decide-buttons" role="group" aria-label="Decide what is done about it">
        {Object.entries(KEYS).map(([key, state]) => (
          <Button
            key={state}
            size="xs"
            variant={asking === state || finding.state === state ? "light" : "default"}
            aria-pressed={finding.state === state}
            disabled={state === "open" && finding.state === "open"}
            rightSection={<kbd>{key}</kbd>}
            onClick={() => (state === "open" ? onDecide(null) : onAsk(state))}
          >
            {state === "open" ? "Open again" : FINDING_WORD[state]}
          </Button>
        ))}
      </div>
      {asking !== null && asking !== "open" && (
        <Reason
          key={asking}
          state={asking}
          finding={finding}
          files={files}
          onCancel={() => onAsk(null)}
          onDecide={onDecide}
        />
      )}
    </div>
  );
}

interface ReasonProps {
  state: Exclude<FindingState, "open">;
  finding: KeptFinding;
  files: readonly Evidence[];
  onCancel: () => void;
  onDecide: (disposition: Disposition) => void;
}

function Reason({ state, finding, files, onCancel, onDecide }: ReasonProps) {
  const before = finding.disposition;
  const [because, setBecause] = useState(before?.because ?? "");
  const [release, setRelease] = useState(before !== null && "release" in before ? (before.release ?? "") : "");
  const [on, setOn] = useState(before?.state === "deferred" ? before.on : "");
  const [interim, setInterim] = useState(before?.state === "deferred" ? before.interim : "");
  const [evidenceId, setEvidenceId] = useState<string | null>(
    before?.state === "fixed" ? before.evidenceId : finding.goneIn,
  );
  const disposition = ((): Disposition | null => {
    const reason = because.trim();
    if (state === "fixed")
      return release.trim() === "" && evidenceId === null
        ? null
        : { state, because: reason, release: release.trim() || null, evidenceId };
    if (reason === "") return null;
    if (state === "deferred")
      return release.trim() === "" || on === ""
        ? null
        : { state, because: reason, release: release.trim(), on, interim: interim.trim() };
    return { state, because: reason };
  })();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (disposition !== null) onDecide(disposition);
  };
  return (
    <form
      className="decide-why"
      onSubmit={send}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
        else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send(event);
      }}
    >
      {state === "fixed" && (
        <div className="decide-fields">
          <Select
            label="Evidence that shows it"
            placeholder="None"
            clearable
            data-autofocus
            data={files
              .filter(({ withdrawn }) => withdrawn === null)
              .map(({ id, fileName, provesFrom }) => ({ value: id, label: `${fileName}, ${provesFrom}` }))}
            value={evidenceId}
            onChange={setEvidenceId}
          />
          <TextInput
            label="Or the release that has the fix"
            value={release}
            maxLength={200}
            onChange={(event) => setRelease(event.currentTarget.value)}
          />
        </div>
      )}
      {state === "deferred" && (
        <div className="decide-fields">
          <TextInput
            label="Release that fixes it"
            required
            value={release}
            maxLength={200}
            autoFocus
            onChange={(event) => setRelease(event.currentTarget.value)}
          />
          <TextInput
            label="On which day"
            type="date"
            required
            value={on}
            onChange={(event) => setOn(event.currentTarget.value)}
          />
          <TextInput
            label="What units in the field get until then"
            placeholder="Nothing"
            value={interim}
            maxLength={1_000}
            onChange={(event) => setInterim(event.currentTarget.value)}
          />
        </div>
      )}
      <Textarea
        label={state === "fixed" ? "What was done" : "Why?"}
        required={state !== "fixed"}
        autoFocus={state !== "deferred"}
        maxLength={4_000}
        autosize
        minRows={1}
        value={because}
        onChange={(event) => setBecause(event.currentTarget.value)}
      />
      <div className="form-end">
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="xs" type="submit" disabled={disposition === null}>
          {FINDING_WORD[state]}
        </Button>
      </div>
    </form>
  );
}
