import type { DeviceInterface, InterfaceKind } from "../../devices/schema.ts";
import type { SecurityFile } from "../schema.ts";
import type { Port, PortKind, PortState } from "./schema.ts";

const KIND: Partial<Record<PortKind, InterfaceKind>> = {
  wired: "wired",
  wireless: "wireless",
  removable: "removable",
  service: "service",
  debug: "service",
};

const STATE: Record<PortState, string> = {
  used: "",
  unused: "Not used.",
  "service-only": "For service only.",
  disabled: "Switched off for good.",
  unknown: "Nobody knows whether it is used.",
};

/** The release's own interfaces as scoring and the overview know them: ports of what is in scope, none of people or of foreign systems. */
export function interfacesOf(file: SecurityFile): DeviceInterface[] {
  const own = new Set(
    file.elements
      .filter(({ inScope, kind }) => inScope && kind !== "external-system" && kind !== "user")
      .map(({ id }) => id),
  );
  return file.ports.flatMap((port) => {
    const kind = KIND[port.kind];
    if (kind === undefined || !own.has(port.element)) return [];
    return [{ kind, name: port.name.slice(0, 200), protocol: port.protocol.slice(0, 200), ...reached(port) }];
  });
}

const reached = (port: Port) => ({
  exposed: port.exposed && port.state !== "disabled",
  notes: [STATE[port.state], port.accessControl, port.description]
    .filter((one) => one !== "")
    .join(" ")
    .slice(0, 2_000),
});
