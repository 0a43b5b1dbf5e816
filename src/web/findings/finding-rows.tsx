import { Checkbox } from "@mantine/core";
import type { FindingRow } from "../../features/intel/findings/schema.ts";
import { Score, StateBadge } from "../kit/badges.tsx";
import { ObjectCard } from "../kit/object-card.tsx";
import { VirtualRows } from "../kit/virtual-rows.tsx";
import { When } from "../kit/when.tsx";
import { Chance } from "./chance.tsx";
import { ComponentCard } from "./component-card.tsx";
import { VulnerabilityCell } from "./vulnerability-cell.tsx";

const COLUMNS = [
  { name: "State", className: "cell-state-column" },
  { name: "Vulnerability", className: "cell-two" },
  { name: "Part", className: "cell-two" },
  { name: "CVSS", className: "cell-a" },
  { name: "EPSS", className: "cell-right cell-b" },
  { name: "Found", className: "cell-right cell-b" },
];

interface Props {
  rows: readonly FindingRow[];
  count: number | null;
  opened: string | null;
  onOpen: (row: FindingRow) => void;
  wanted: { key: string } | null;
  onFocusRow: (row: FindingRow) => void;
  onEnd: () => void;
  selected?: ReadonlySet<string>;
  onSelect?: (row: FindingRow) => void;
}

export function FindingRows({ selected, onSelect, ...props }: Props) {
  return (
    <VirtualRows
      {...props}
      {...(selected === undefined ? {} : { selected })}
      {...(onSelect === undefined ? {} : { onSelect })}
      label="Findings"
      className="rows-findings"
      columns={COLUMNS}
      keyOf={(row) => row.id}
      rowHeight={58}
      rowClass={(row) => (row.goneAt === null ? "" : "row-gone")}
      cells={(row) => [
        <span key="state" className="cell-state">
          {onSelect !== undefined && (
            <Checkbox
              size="xs"
              tabIndex={-1}
              aria-label={`Select ${row.advisory} in ${row.component.name}`}
              checked={selected?.has(row.id) ?? false}
              onChange={() => onSelect(row)}
            />
          )}
          <StateBadge state={row.state} suspect={row.suspect} />
        </span>,
        <VulnerabilityCell key="advisory" row={row} />,
        <span key="part">
          <b>
            <ObjectCard
              card={
                <ComponentCard
                  name={row.component.name}
                  here={{ releaseId: row.release.id, version: row.component.version }}
                />
              }
            >
              {row.component.name.split("/").at(-1)}
            </ObjectCard>
          </b>
          <small>
            {row.component.version ?? "no version"}
            {row.fixedIn[0] !== undefined && ` → ${row.fixedIn[0]}`}
          </small>
        </span>,
        <Score key="score" severity={row.severity} />,
        <Chance key="epss" epss={row.epss} />,
        <When key="found" at={row.foundAt} below />,
      ]}
    />
  );
}
