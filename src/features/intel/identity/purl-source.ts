import type { Purl } from "../../../lib/purl.ts";
import type { Component } from "../../devices/sbom/schema.ts";

/** The version with its epoch in front, where a deb or rpm name keeps it in the qualifier `epoch`; null without a version. */
export function versionOfPurl(purl: Purl): string | null {
  const epoch = epochOf(purl);
  return epoch === null ? purl.version : withEpoch(epoch, purl.version);
}

/** The qualifier `epoch` of a deb or rpm name, where it is a number. */
export function epochOf({ type, qualifiers }: Purl): string | null {
  const epoch = qualifiers.epoch ?? "";
  return (type === "deb" || type === "rpm") && /^\d+$/.test(epoch) ? epoch : null;
}

export const withEpoch = (epoch: string, version: string | null): string | null =>
  version === null || /^\d+:/.test(version) ? version : `${epoch}:${version}`;

/**
 * The source package a binary one was built from, as tools write it in `upstream`: "openssl", "gcc-12@12.2.0-14" or, for
 * rpm, "audit-2.8.5-4.el7.src.rpm". The version is null where it is the binary's own; null without `upstream`.
 */
export function sourceOfPurl(purl: Purl): { name: string; version: string | null } | null {
  const upstream = purl.qualifiers.upstream ?? "";
  const file = /^(.+)-([^-]+)-([^-]+?)(?:\.(?:no)?src)?\.rpm$/.exec(upstream);
  if (file?.[1] !== undefined) return { name: file[1], version: withEpochOf(purl, `${file[2]}-${file[3]}`) };
  const at = upstream.lastIndexOf("@");
  const name = at > 0 ? upstream.slice(0, at) : upstream;
  const version = at > 0 ? upstream.slice(at + 1) : "";
  return name === "" ? null : { name, version: version === "" ? null : version };
}

/** The package URL, with the source package that the document names beside it as its `upstream`. */
export function purlWithSource({ purl, source }: Pick<Component, "purl" | "source">): string | null {
  if (purl === null || source === undefined) return purl;
  const hash = purl.indexOf("#");
  const before = hash === -1 ? purl : purl.slice(0, hash);
  const subpath = hash === -1 ? "" : purl.slice(hash);
  return `${before}${before.includes("?") ? "&" : "?"}upstream=${encodeURIComponent(source.toWellFormed())}${subpath}`;
}

/** File names of rpm carry no epoch; the source has the binary's. */
const withEpochOf = (purl: Purl, version: string) => versionOfPurl({ ...purl, version });
