import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Fragment, useCallback } from "react";
import type { Vulnerability } from "../../features/intel/inbox/schema.ts";
import { DeviceObjectCard } from "../devices/device-object-card.tsx";
import { Chance } from "../findings/chance.tsx";
import { ComponentCard } from "../findings/component-card.tsx";
import { VulnerabilityCell } from "../findings/vulnerability-cell.tsx";
import { HarmBadge, Score } from "../kit/badges.tsx";
import { ObjectCard } from "../kit/object-card.tsx";
import { VirtualRows } from "../kit/virtual-rows.tsx";
import { When } from "../kit/when.tsx";
import { counted } from "../kit/words.ts";
import { lineKey } from "./line-key.ts";

const COLUMNS = [
  { name: "Harm", className: "cell-state-column" },
  { name: "Vulnerability", className: "cell-two" },
  { name: "Hits", className: "cell-two" },
  { name: "Open", className: "cell-two cell-a" },
  { name: "CVSS", className: "cell-a" },
  { name: "EPSS", className: "cell-right cell-b" },
  { name: "Found", className: "cell-right cell-b" },
];

interface Props {
  rows: readonly Vulnerability[];
  count: number | null;
  opened: string | null;
  onOpen: (row: Vulnerability) => void;
  wanted: { key: string } | null;
  onFocusRow: (row: Vulnerability) => void;
  onEnd: () => void;
  selected?: ReadonlySet<string>;
  onSelect?: (row: Vulnerability) => void;
  onSelectGroup?: (row: Vulnerability) => void;
}

export function InboxRows({ selected, onSelect, onSelectGroup, ...props }: Props) {
  const { rows } = props;
  const headingOf = useCallback(
    (row: Vulnerability, before: Vulnerability | undefined) => {
      if (row.device === null || row.device.id === before?.device?.id) return null;
      const group = rows.filter((one) => one.device?.id === row.device?.id);
      const all = group.every((one) => selected?.has(lineKey(one)) ?? false);
      return (
        <>
          {onSelectGroup !== undefined && (
            <Checkbox
              size="xs"
              tabIndex={-1}
              aria-label={`Select everything of ${row.device.name}`}
              checked={all}
              onChange={() => onSelectGroup(row)}
            />
          )}
          <Link to="/devices/$deviceId" params={{ deviceId: row.device.id }} tabIndex={-1}>
            {row.device.name}
          </Link>
          {row.harm !== null && <HarmBadge harm={row.harm} quiet />}
        </>
      );
    },
    [rows, selected, onSelectGroup],
  );
  return (
    <VirtualRows
      {...props}
      {...(selected === undefined ? {} : { selected })}
      {...(onSelect === undefined ? {} : { onSelect })}
      headingOf={headingOf}
      label="Vulnerabilities"
      className="rows-inbox"
      columns={COLUMNS}
      keyOf={lineKey}
      rowHeight={62}
      cells={(row) => [
        <span key="harm" className="cell-state">
          {onSelect !== undefined && (
            <Checkbox
              size="xs"
              tabIndex={-1}
              aria-label={`Select ${row.advisory}`}
              checked={selected?.has(lineKey(row)) ?? false}
              onChange={() => onSelect(row)}
            />
          )}
          {row.harm === null ? (
            <span className="cell-dim" title={row.standsHere}>
              {row.reachesFunction ? "Not stated" : "None reached"}
            </span>
          ) : (
            <HarmBadge
              bare
              harm={row.harm}
              quiet={row.device !== null || (row.exploited === null && row.harm !== "catastrophic")}
              meaning={row.standsHere}
            />
          )}
        </span>,
        <VulnerabilityCell key="advisory" row={row} />,
        <span key="hits">
          <b>{row.device === null ? <Devices row={row} /> : <Components names={row.components} />}</b>
          <small>
            {row.device === null ? <Components names={row.components} /> : counted(row.releases, "release")}
          </small>
        </span>,
        <span key="open">
          <b className="num">{row.findings.open.toLocaleString("en")}</b>
          <small>{openText(row)}</small>
        </span>,
        <Score key="score" severity={row.severity} />,
        <Chance key="epss" epss={row.epss} />,
        <When key="found" at={row.foundAt} below />,
      ]}
    />
  );
}

function Devices({ row: { devices, deviceCount } }: { row: Vulnerability }) {
  const named = devices.slice(0, 2);
  const rest = deviceCount - named.length;
  return (
    <>
      {named.map(({ id, name }, i) => (
        <Fragment key={id}>
          {i > 0 && ", "}
          <ObjectCard card={<DeviceObjectCard deviceId={id} />}>{name}</ObjectCard>
        </Fragment>
      ))}
      {rest > 0 && ` and ${rest} more`}
    </>
  );
}

const Components = ({ names }: { names: readonly string[] }) =>
  names.map((name, i) => (
    <Fragment key={name}>
      {i > 0 && ", "}
      <ObjectCard card={<ComponentCard name={name} here={null} />}>{name.split("/").at(-1)}</ObjectCard>
    </Fragment>
  ));

const openText = ({ findings, releases }: Vulnerability): string =>
  [
    findings.new > 0 && `${findings.new} new`,
    findings.suspect > 0 && `${findings.suspect} to look at again`,
    counted(releases, "release"),
  ]
    .filter((part) => part !== false)
    .join(", ");
