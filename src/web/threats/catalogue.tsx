import { Anchor, Button, TagsInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { CatalogueEntry, Source } from "../../features/intel/sync/schema.ts";
import { api, ask } from "../api/client.ts";
import { fileSize } from "../kit/file-size.ts";
import { LoadingRows } from "../kit/loading.tsx";
import { sayProblem } from "../kit/notify.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { Section } from "../kit/section.tsx";

/** Enough for most device makers: what is exploited, how likely, packages, device advisories, ends of support. */
const GOOD_START = ["cisa-kev", "epss", "osv", "csaf", "endoflife"];

/** Everything that can be had with one click, and what each gives. */
export function Catalogue({ sources, mayManage }: { sources: readonly Source[]; mayManage: boolean }) {
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(ask.intel.catalogue.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  const add = useMutation({
    mutationFn: async (entries: readonly { entry: CatalogueEntry; choice: string[] }[]) => {
      for (const { entry, choice } of entries)
        await api.intel.addSource({ name: entry.title, location: entry.address, plugIn: entry.name, choice });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ask.intel.key() }),
    onError: sayProblem,
  });
  if (error !== null && data === undefined) return <ProblemNotice error={error} onRetry={refetch} />;
  if (data === undefined) return <LoadingRows rows={6} />;
  const left = data.items.filter(
    ({ name, address }) => !sources.some((one) => one.plugIn === name && one.location === address),
  );
  const start = left.filter(({ name }) => GOOD_START.includes(name));
  return (
    <Section
      title="Catalogue"
      count={left.length}
      note="Each is visited by itself, as often as it says, and only what changed is downloaded."
      actions={
        mayManage &&
        start.length > 1 && (
          <Button
            size="compact-sm"
            variant="light"
            loading={add.isPending}
            onClick={() => add.mutate(start.map((entry) => ({ entry, choice: [] })))}
          >
            Take a good start: {start.map(({ title }) => title.replace(/ \(.*/, "")).join(", ")}
          </Button>
        )
      }
    >
      <ul className="catalogue">
        {left.map((entry) => (
          <Entry
            key={entry.name}
            entry={entry}
            mayManage={mayManage}
            busy={add.isPending}
            onAdd={(choice) => add.mutate([{ entry, choice }])}
          />
        ))}
      </ul>
    </Section>
  );
}

interface EntryProps {
  entry: CatalogueEntry;
  mayManage: boolean;
  busy: boolean;
  onAdd: (choice: string[]) => void;
}

function Entry({ entry, mayManage, busy, onAdd }: EntryProps) {
  const { title, gives, publisher, terms, home, address, everyHours, firstBytes, choice, keyHelps, hasKey } = entry;
  const [chosen, setChosen] = useState<string[] | null>(null);
  return (
    <li>
      <div>
        <b>{title}</b>
        <p>{gives}</p>
        <p className="quiet">
          {every(everyHours)}, about {fileSize(firstBytes)} the first time. {publisher}, {terms}.{" "}
          <Anchor href={home} target="_blank" rel="noreferrer" size="sm" underline="always">
            About it
          </Anchor>
          {keyHelps !== null && <span title={keyHelps}>{hasKey ? " · has its key" : " · a key helps"}</span>}
        </p>
        <small className="mono">{address}</small>
        {chosen !== null && choice !== null && (
          <TagsInput
            label={`Which ${choice.of}`}
            value={chosen}
            onChange={setChosen}
            data={choice.standard}
            maxDropdownHeight={240}
            acceptValueOnBlur
          />
        )}
      </div>
      {mayManage && (
        <div className="catalogue-actions">
          {choice !== null && chosen === null && (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setChosen(choice.standard)}>
              Choose<span className="sr-only"> parts of {title}</span>
            </Button>
          )}
          <Button size="compact-sm" variant="default" disabled={busy} onClick={() => onAdd(chosen ?? [])}>
            Add<span className="sr-only"> {title}</span>
          </Button>
        </div>
      )}
    </li>
  );
}

const every = (hours: number): string =>
  hours === 24 ? "Every day" : hours === 1 ? "Every hour" : `Every ${hours} hours`;
