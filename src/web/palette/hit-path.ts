import type { Hit } from "../../features/work/schema.ts";

/** The address of what the palette found. */
export function hitPath(hit: Hit): string {
  const release = hit.releaseId === null ? "" : `release=${hit.releaseId}`;
  const device = `/devices/${hit.deviceId ?? hit.id}`;
  switch (hit.kind) {
    case "device":
      return device;
    case "release":
      return `${device}?${release}`;
    case "component":
      return hit.deviceId === null
        ? `/threats?text=${encodeURIComponent(hit.title)}`
        : `${device}/parts?${release}&text=${encodeURIComponent(hit.title)}`;
    case "vulnerability":
      return `/threats?show=all&advisory=${encodeURIComponent(hit.id)}`;
    case "finding":
      return `${device}/findings?${release}&finding=${hit.id}`;
    case "person":
      return "/people";
  }
}
