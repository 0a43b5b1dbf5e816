/**
 * What stays the same of a component when its version changes: the purl without version, qualifiers and subpath, else vendor and
 * product of its CPE, else its name. Two parts of a document with one identity and one version are one component.
 */
export function identityOf({ purl, cpe, name }: { purl: string | null; cpe: string | null; name: string }): string {
  if (purl !== null) return purlIdentity(purl);
  const cpeParts = cpe === null ? [] : splitCpe(cpe);
  if (cpeParts.length >= 2) return `cpe:${cpeParts.join(":")}`.toLowerCase();
  return `name:${name.toLowerCase()}`;
}

const DEVICE = "device:";

/** Findings about the device as a whole, not about a part of it. */
export const deviceIdentity = (deviceId: string): string => DEVICE + deviceId;
export const isDeviceIdentity = (identity: string): boolean => identity.startsWith(DEVICE);

function purlIdentity(purl: string): string {
  const path = purl.split("#")[0]?.split("?")[0] ?? "";
  const at = path.lastIndexOf("@");
  const slash = path.lastIndexOf("/");
  return (at > slash ? path.slice(0, at) : path).toLowerCase();
}

/** Part, vendor and product of a CPE 2.3 or 2.2 name. */
function splitCpe(cpe: string): string[] {
  const uri = /^cpe:\/([aoh]):([^:]+):([^:]+)/i.exec(cpe);
  if (uri !== null) return uri.slice(1);
  const formatted = /^cpe:2\.3:([aoh*-]):((?:\\.|[^:\\])+):((?:\\.|[^:\\])+)/i.exec(cpe);
  return formatted === null ? [] : formatted.slice(1);
}
