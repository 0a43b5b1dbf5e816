// biome-ignore-all lint/correctness/useJsxKeyInIterable: the cells of a row are keyed by their column
import { ActionIcon } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import type { Part } from "../../../features/devices/parts/schema.ts";
import { ask } from "../../api/client.ts";
import { LoadingRows } from "../../kit/loading.tsx";
import { ProblemNotice } from "../../kit/problem-notice.tsx";
import { VirtualRows } from "../../kit/virtual-rows.tsx";
import { counted } from "../../kit/words.ts";
import { PartFindings, partName } from "./part-cells.tsx";

interface Props {
  releaseId: string;
  opened: number | undefined;
  onOpen: (part: Part) => void;
}

const COLUMNS = [{ name: "Part" }, { name: "Version" }, { name: "Findings" }];
const LEVEL_LIMIT = 200;
const ROOT = -1;
type Row = { part: Part; level: number } | { moreUnder: number; hidden: number; level: number };

/** The parts as they are built into each other; a level is read when it is opened. */
export function PartTree({ releaseId, opened, onOpen }: Props) {
  const [expanded, setExpanded] = useState<readonly number[]>([ROOT]);
  const levels = useQueries({
    queries: expanded.map((under) =>
      ask.parts.children.queryOptions({
        input: { id: releaseId, limit: LEVEL_LIMIT, ...(under === ROOT ? {} : { under }) },
        staleTime: 60_000,
      }),
    ),
  });
  const [root] = levels;
  if (root?.error) return <ProblemNotice error={root.error} onRetry={root.refetch} />;
  if (root?.data === undefined) return <LoadingRows rows={12} height={40} />;
  const rows: Row[] = [];
  const pending: { under: number; level: number; items: Part[]; hidden: number; at: number }[] = [];
  const open = (under: number, level: number) => {
    const page = levels[expanded.indexOf(under)]?.data;
    if (page !== undefined)
      pending.push({ under, level, items: page.items, hidden: page.total.count - page.items.length, at: 0 });
  };
  open(ROOT, 0);
  for (let frame = pending.at(-1); frame !== undefined; frame = pending.at(-1)) {
    const part = frame.items[frame.at++];
    if (part === undefined) {
      if (frame.hidden > 0) rows.push({ moreUnder: frame.under, hidden: frame.hidden, level: frame.level });
      pending.pop();
      continue;
    }
    rows.push({ part, level: frame.level });
    if (expanded.includes(part.id)) open(part.id, frame.level + 1);
  }
  const toggle = (part: Part, on: boolean) =>
    setExpanded(on ? [...expanded.filter((id) => id !== part.id), part.id] : expanded.filter((id) => id !== part.id));
  return (
    <VirtualRows<Row>
      label="Parts tree"
      className="rows-tree"
      columns={COLUMNS}
      rows={rows}
      count={rows.length}
      keyOf={(row) => ("part" in row ? String(row.part.id) : `more-${row.moreUnder}`)}
      rowHeight={40}
      opened={opened === undefined ? null : String(opened)}
      onOpen={(row) => "part" in row && onOpen(row.part)}
      onKey={(row, key, event) => {
        if (!("part" in row) || row.part.children === 0) return;
        if (key === "ArrowRight" || key === "ArrowLeft") {
          event.preventDefault();
          toggle(row.part, key === "ArrowRight");
        }
      }}
      cells={(row) => {
        const indent = { paddingLeft: row.level * 22 };
        if (!("part" in row))
          return [
            <span key="more" className="quiet" style={indent}>
              {counted(row.hidden, "more part")}: use the table's search
            </span>,
            "",
            "",
          ];
        const { part } = row;
        const isOpen = expanded.includes(part.id);
        return [
          <span key="name" className="tree-name" style={indent}>
            {part.children > 0 ? (
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                tabIndex={-1}
                aria-expanded={isOpen}
                aria-label={`Parts under ${part.name}`}
                onClick={() => toggle(part, !isOpen)}
              >
                {isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
              </ActionIcon>
            ) : (
              <span className="tree-leaf" />
            )}
            <b>{partName(part)}</b>
            {part.children > 0 && <small className="quiet num">{part.children}</small>}
          </span>,
          part.version === null ? <span className="cell-dim">none</span> : <span className="num">{part.version}</span>,
          <PartFindings key="findings" part={part} />,
        ];
      }}
    />
  );
}
