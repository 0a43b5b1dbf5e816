import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { DeviceCard } from "../../features/devices/schema.ts";
import { HarmBadge, worstHarm } from "../kit/badges.tsx";
import { SafetySentence } from "../kit/safety-sentence.tsx";
import { SeverityBar } from "../kit/severity-bar.tsx";
import { Sparkline } from "../kit/sparkline.tsx";
import { counted, PHASE_WORD } from "../kit/words.ts";
import { DevicePicture } from "./device-picture.tsx";

interface Props {
  devices: readonly DeviceCard[];
  onMore?: (() => void) | undefined;
}

/** Small multiples: every trend on the same scale. */
export function CardView({ devices, onMore }: Props) {
  const top = Math.max(1, ...devices.flatMap((device) => device.trend.map((point) => point.open)));
  return (
    <>
      <ul className="cards">
        {devices.map((device) => (
          <li key={device.id}>
            <Card device={device} top={top} />
          </li>
        ))}
      </ul>
      {onMore !== undefined && (
        <Button variant="default" mt={20} onClick={onMore}>
          Show more
        </Button>
      )}
    </>
  );
}

function Card({ device, top }: { device: DeviceCard; top: number }) {
  const { release, counts } = device;
  const harm = worstHarm(device.functions);
  return (
    <article className="card">
      <header className="card-head">
        <DevicePicture functions={device.functions} />
        <div className="card-name">
          <h2>
            <Link to="/devices/$deviceId" params={{ deviceId: device.id }} className="card-link">
              {device.name}
            </Link>
          </h2>
          <p className="card-sub">
            {[release?.version, release === null ? "No release yet" : PHASE_WORD[release.phase], device.manufacturer]
              .filter((part) => part !== undefined && part !== "")
              .join(" · ")}
          </p>
        </div>
        {harm !== null && <HarmBadge harm={harm} quiet={counts === null || counts.open === 0} />}
      </header>
      <SafetySentence sentence={device.sentence} deviceId={device.id} releaseId={release?.id} linked={false} />
      <footer className="card-foot">
        {counts === null ? (
          <p className="quiet">{device.components === null ? "No SBOM yet" : "Not compared with advisories yet"}</p>
        ) : (
          <div className="card-numbers">
            <SeverityBar counts={counts} numbers={false} />
            <p className="quiet num">
              {counted(counts.open, "open finding")} · {counted(device.components ?? 0, "part")} ·{" "}
              {counted(device.units, "unit")}
            </p>
          </div>
        )}
        <Sparkline trend={device.trend} top={top} />
      </footer>
    </article>
  );
}
