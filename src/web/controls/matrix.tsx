import { Select } from "@mantine/core";
import { useMemo } from "react";
import type { SecurityFile } from "../../features/security-file/schema.ts";
import { newestResult } from "../../features/security-file/trace/links.ts";
import type { Traced } from "../../features/security-file/trace/look.ts";
import { TraceColumn, TraceFrom, type TraceRow } from "../../features/security-file/trace/schema.ts";
import { trace } from "../../features/security-file/trace/trace.ts";
import { FilterChip } from "../kit/filter-chip.tsx";
import { Mark } from "../kit/mark.tsx";
import { VirtualRows } from "../kit/virtual-rows.tsx";
import { COLUMN_WORD } from "./words.ts";

interface Props {
  file: SecurityFile;
  traced: Traced;
  from: TraceFrom;
  onlyGaps: boolean;
  item: string | undefined;
  onChange: (part: { from?: TraceFrom; gaps?: boolean | undefined }) => void;
  onOpen: (id: string) => void;
}

const SHOWN = 3;

/** The chain from a threat to the labeling as a table, from any of its columns on; where it breaks stands out. */
export function Matrix({ file, traced, from, onlyGaps, item, onChange, onOpen }: Props) {
  const all = useMemo(() => trace(file, from, traced.gaps), [file, from, traced]);
  const rows = onlyGaps ? all.filter(({ gaps }) => gaps.length > 0) : all;
  const broken = all.filter(({ gaps }) => gaps.length > 0).length;
  const names = useMemo(
    () => new Map(TraceColumn.options.flatMap((column) => file[column].map(({ id, name }) => [id, name] as const))),
    [file],
  );
  const results = useMemo(
    () => new Map(file.tests.map((test) => [test.id, newestResult(test)?.outcome ?? "none"])),
    [file],
  );
  const columns = [from, ...TraceColumn.options.filter((column) => column !== from)];
  const cell = (row: TraceRow, column: TraceColumn) => {
    if (column === from)
      return (
        <>
          <b>{names.get(row.id)}</b>
          <small className="quiet">{row.id}</small>
        </>
      );
    const ids = row.cells[column] ?? [];
    const gap = row.gaps.find(({ missing }) => missing === column);
    if (gap !== undefined)
      return (
        <span className="matrix-gap" title={gap.message}>
          <Mark shape="triangle" /> {gap.rule} {gap.message}
        </span>
      );
    if (ids.length === 0) return <span className="cell-dim">–</span>;
    return (
      <span className="matrix-items">
        {ids.slice(0, SHOWN).map((id) => (
          <button key={id} type="button" className="matrix-item" title={names.get(id)} onClick={() => onOpen(id)}>
            {column === "tests" && <ResultMark outcome={results.get(id) ?? "none"} />}
            {names.get(id)}
          </button>
        ))}
        {ids.length > SHOWN && <span className="quiet num">+{ids.length - SHOWN}</span>}
      </span>
    );
  };
  return (
    <div className="matrix">
      <div className="filters">
        <Select
          aria-label="A line is"
          size="xs"
          w={190}
          allowDeselect={false}
          data={TraceFrom.options.map((value) => ({ value, label: `From each ${COLUMN_WORD[value].toLowerCase()}` }))}
          value={from}
          onChange={(value) => onChange({ from: TraceFrom.options.find((one) => one === value) ?? "requirements" })}
        />
        <FilterChip on={onlyGaps} count={broken} onChange={(on) => onChange({ gaps: on || undefined })}>
          With gaps
        </FilterChip>
      </div>
      <VirtualRows<TraceRow>
        label="Traceability"
        className="rows-matrix"
        columns={columns.map((column) => ({ name: COLUMN_WORD[column], className: "matrix-cell" }))}
        rows={rows}
        count={rows.length}
        keyOf={({ id }) => id}
        rowHeight={84}
        opened={item ?? null}
        onOpen={({ id }) => onOpen(id)}
        rowClass={({ gaps }) => (gaps.length > 0 ? "row-gap" : "")}
        cells={(row) => columns.map((column) => cell(row, column))}
      />
    </div>
  );
}

function ResultMark({ outcome }: { outcome: string }) {
  const passed = outcome === "passed";
  return (
    <span className={passed ? "tone-good" : "tone-bad"} title={outcome === "none" ? "never run" : outcome}>
      <Mark shape={passed ? "check" : outcome === "none" ? "ring" : "cross"} />
    </span>
  );
}
