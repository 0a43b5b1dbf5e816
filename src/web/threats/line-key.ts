import type { Vulnerability } from "../../features/intel/inbox/schema.ts";

/** What names a line of the inbox: the vulnerability, and the device where the line is of one device. */
export const lineKey = ({ advisory, device }: Pick<Vulnerability, "advisory" | "device">): string =>
  device === null ? advisory : `${advisory} ${device.id}`;
