import {
  IconActivityHeartbeat,
  IconBell,
  IconDatabase,
  IconDevices2,
  IconHeartbeat,
  IconNetwork,
  IconStethoscope,
  IconTool,
  IconVaccine,
} from "@tabler/icons-react";
import { type DeviceFunction, type FunctionKind, HARMS } from "../../features/devices/schema.ts";

const PICTURE: Record<FunctionKind, typeof IconBell> = {
  "life-support": IconHeartbeat,
  therapy: IconVaccine,
  diagnosis: IconStethoscope,
  monitoring: IconActivityHeartbeat,
  alarm: IconBell,
  records: IconDatabase,
  connectivity: IconNetwork,
  service: IconTool,
};

/** A picture of what the device does: its function with the worst harm. */
export function DevicePicture({ functions, size = 40 }: { functions: readonly DeviceFunction[]; size?: number }) {
  const worst = [...functions].sort((a, b) => HARMS.indexOf(a.harm) - HARMS.indexOf(b.harm))[0];
  const Icon = worst === undefined ? IconDevices2 : PICTURE[worst.kind];
  return (
    <span className="picture" style={{ width: size, height: size }} aria-hidden="true">
      <Icon size={size * 0.58} stroke={1.5} />
    </span>
  );
}
