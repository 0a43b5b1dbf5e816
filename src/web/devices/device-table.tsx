// biome-ignore-all lint/correctness/useJsxKeyInIterable: the cells of a row are keyed by their column
import { useNavigate } from "@tanstack/react-router";
import type { DeviceCard } from "../../features/devices/schema.ts";
import { HarmBadge, worstHarm } from "../kit/badges.tsx";
import { VirtualRows } from "../kit/virtual-rows.tsx";
import { PHASE_WORD } from "../kit/words.ts";

const COLUMNS = [
  { name: "Device", className: "cell-two" },
  { name: "Harm" },
  { name: "Release", className: "cell-two wide-only" },
  { name: "Exploited", className: "cell-right wide-only" },
  { name: "Critical", className: "cell-right wide-only" },
  { name: "Open", className: "cell-right" },
  { name: "Parts", className: "cell-right wide-only" },
  { name: "Units", className: "cell-right wide-only" },
];

interface Props {
  devices: readonly DeviceCard[];
  count: number | null;
  onEnd: () => void;
}

export function DeviceTable({ devices, count, onEnd }: Props) {
  const navigate = useNavigate();
  return (
    <VirtualRows
      label="Devices"
      className="rows-devices"
      columns={COLUMNS}
      rows={devices}
      count={count}
      keyOf={(device) => device.id}
      rowHeight={56}
      onOpen={(device) => void navigate({ to: "/devices/$deviceId", params: { deviceId: device.id } })}
      onEnd={onEnd}
      cells={(device) => {
        const harm = worstHarm(device.functions);
        const count = (n: number | undefined) => (
          <span className="num">{n === undefined ? "–" : n.toLocaleString("en")}</span>
        );
        return [
          <span key="name">
            <b>{device.name}</b>
            <small>{[device.manufacturer, device.model].filter(Boolean).join(" · ")}</small>
          </span>,
          harm === null ? <span className="cell-dim">Not stated</span> : <HarmBadge harm={harm} quiet bare />,
          device.release === null ? (
            <span className="cell-dim">None yet</span>
          ) : (
            <span>
              <b>{device.release.version}</b>
              <small>{PHASE_WORD[device.release.phase]}</small>
            </span>
          ),
          <b key="exploited" className={(device.counts?.exploited ?? 0) > 0 ? "tone-bad num" : "num"}>
            {device.counts?.exploited ?? "–"}
          </b>,
          count(device.counts?.critical),
          count(device.counts?.open),
          count(device.components ?? undefined),
          count(device.units),
        ];
      }}
    />
  );
}
