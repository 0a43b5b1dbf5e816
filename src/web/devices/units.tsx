// biome-ignore-all lint/correctness/useJsxKeyInIterable: the cells of a row are keyed by their column
import { Button, Select } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Release, type Unit, UnitStatus } from "../../features/devices/schema.ts";
import { ask } from "../api/client.ts";
import { PAGE_ROWS, paging, usePages } from "../api/use-pages.ts";
import { Empty } from "../kit/empty.tsx";
import { sayProblem, sayUndo } from "../kit/notify.tsx";
import { SearchField } from "../kit/search-field.tsx";
import { Section } from "../kit/section.tsx";
import { VirtualRows } from "../kit/virtual-rows.tsx";
import { When } from "../kit/when.tsx";
import { UNIT_WORD } from "../kit/words.ts";
import { AddUnits } from "./add-units.tsx";

const COLUMNS = [
  { name: "Serial number" },
  { name: "Site" },
  { name: "Installed", className: "wide-only" },
  { name: "Status" },
];

interface Props {
  deviceId: string;
  release: Release;
  mayChange: boolean;
}

/** Units in the field that run this release. */
export function Units({ deviceId, release, mayChange }: Props) {
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [adding, setAdding] = useState(false);
  const { rows, total, more } = usePages(
    ask.devices.units.infiniteOptions({
      input: (cursor: string | undefined) => ({
        id: deviceId,
        releaseId: release.id,
        cursor,
        limit: PAGE_ROWS,
        ...(text === "" ? {} : { text }),
      }),
      ...paging,
    }),
  );
  const change = useMutation(
    ask.devices.changeUnit.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: ask.devices.key() }),
      onError: sayProblem,
    }),
  );
  const setStatus = async (unit: Unit, status: UnitStatus) => {
    const now = await change.mutateAsync({ id: unit.id, revision: unit.revision, status });
    sayUndo(`${unit.serial}: ${UNIT_WORD[status].toLowerCase()}`, () =>
      change.mutateAsync({ id: unit.id, revision: now.revision, status: unit.status }),
    );
  };
  return (
    <Section
      title="Units in the field"
      id="units"
      count={release.units}
      actions={
        mayChange && (
          <Button size="compact-sm" variant="subtle" onClick={() => setAdding(true)}>
            Add units
          </Button>
        )
      }
    >
      {release.units === 0 && text === "" && rows.length === 0 ? (
        <Empty title="No unit of this release">
          <p>A unit is one device in the world, by serial number. Who runs how many says how far a finding reaches.</p>
        </Empty>
      ) : (
        <>
          {(release.units > 8 || text !== "") && (
            <div className="filters">
              <SearchField label="Serial number or site" value={text} onChange={setText} />
            </div>
          )}
          <VirtualRows
            label="Units"
            className="rows-units rows-short"
            columns={COLUMNS}
            rows={rows}
            count={total?.count ?? null}
            keyOf={(unit) => unit.id}
            rowHeight={44}
            onEnd={more}
            cells={(unit) => [
              <b key="serial" className="mono">
                {unit.serial}
              </b>,
              unit.site === "" ? <span className="cell-dim">not stated</span> : unit.site,
              unit.installedOn === null ? <span className="cell-dim">–</span> : <When at={unit.installedOn} below />,
              mayChange ? (
                <Select
                  key="status"
                  size="xs"
                  variant="unstyled"
                  aria-label={`Status of ${unit.serial}`}
                  allowDeselect={false}
                  comboboxProps={{ width: 140, position: "bottom-end" }}
                  data={UnitStatus.options.map((value) => ({ value, label: UNIT_WORD[value] }))}
                  value={unit.status}
                  onChange={(value) => {
                    if (value !== unit.status) setStatus(unit, UnitStatus.parse(value)).catch(() => undefined);
                  }}
                />
              ) : (
                UNIT_WORD[unit.status]
              ),
            ]}
          />
        </>
      )}
      {adding && <AddUnits release={release} onClose={() => setAdding(false)} />}
    </Section>
  );
}
