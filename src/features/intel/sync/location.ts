import { isAbsolute, normalize, relative, resolve } from "node:path";
import { Fault } from "../../../lib/fault.ts";

/** Where sources may be: folders of this machine that its administrator opened, and https addresses. */
export interface SourceRules {
  folders: readonly string[];
}

/**
 * The path or address a source may be read from. Fault `bad_input` for plain http, other schemes, addresses with a password in them,
 * and for every file outside the opened folders: a source must not read the server's own secrets.
 */
export function allowedLocation(location: string, { folders }: SourceRules): string {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(location)) return allowedAddress(location);
  const path = normalize(location);
  const inside = folders
    .map((folder) => (isAbsolute(path) ? path : resolve(folder, path)))
    .find((candidate, i) => isInside(candidate, folders[i]));
  if (inside !== undefined) return inside;
  throw new Fault("bad_input", "This folder is not open to feeds", {
    at: "location",
    fix:
      folders.length === 0
        ? "Give an https address; no folder is open"
        : `Put the files under ${folders.join(" or ")}, or give an https address`,
  });
}

const isInside = (path: string, folder: string | undefined): boolean => {
  if (folder === undefined) return false;
  const way = relative(resolve(folder), path);
  return way === "" || (!way.startsWith("..") && !isAbsolute(way));
};

function allowedAddress(location: string): string {
  const url = URL.parse(location);
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "")
    throw new Fault("bad_input", "A source is read over https, without a password in its address", {
      at: "location",
      fix: "Give an address that begins with https://",
    });
  return url.href;
}
