import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readDeviceFile } from "../features/devices/device-file/read-device-file.ts";
import { Fault } from "../lib/fault.ts";

/** A release of the device file in a folder: the one named, else the last. Fault `not_found` names those it has. */
export function releaseOfFile(path: string, wanted: string | null) {
  const at = join(path, "device.yaml");
  let text: string;
  try {
    text = readFileSync(at, "utf8");
  } catch (cause) {
    throw new Fault("not_found", "There is no device file", {
      at,
      fix: "Name a folder that holds device.yaml",
      cause,
    });
  }
  const device = readDeviceFile(text, at);
  const release = wanted === null ? device.releases.at(-1) : device.releases.find(({ version }) => version === wanted);
  if (release === undefined)
    throw new Fault("not_found", `${device.name} has no release ${wanted ?? ""}`, {
      at,
      fix: `Its releases are ${device.releases.map(({ version }) => version).join(", ")}`,
    });
  return { device, release, at };
}
