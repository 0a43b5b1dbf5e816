import { closeSync, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from "node:fs";
import { basename, join, relative, resolve, sep } from "node:path";
import { readDeviceFile } from "../../features/devices/device-file/read-device-file.ts";
import { SBOM_LIMITS } from "../../features/devices/sbom/limits.ts";
import { readSbom } from "../../features/devices/sbom/read-sbom.ts";
import type { Sbom } from "../../features/devices/sbom/schema.ts";
import type { AssessInput } from "../../features/intel/assess/assess.ts";
import { Fault } from "../../lib/fault.ts";

const DEVICE_FILE = "device.yaml";
const MAX_FILES = 100;
const MAX_DEVICE_FILE_BYTES = 4 * 1024 * 1024;

/** What is to be assessed: one SBOM file, or a device folder and one of its releases (the last one, unless named). */
export function readSubject(path: string, release: string | null): AssessInput {
  const stat = statOf(path);
  if (stat.isFile()) return fromFile(path, release);
  if (!stat.isDirectory()) throw new Fault("bad_input", "This is neither a file nor a folder", { at: path });
  return hasFile(join(path, DEVICE_FILE)) ? fromDevice(path, release) : fromLooseFolder(path);
}

function statOf(path: string) {
  try {
    return statSync(path);
  } catch (cause) {
    throw new Fault("not_found", "There is no such file or folder", {
      at: path,
      fix: "Name an SBOM or a device folder",
      cause,
    });
  }
}

const hasFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

function fromFile(path: string, release: string | null): AssessInput {
  if (release !== null)
    throw new Fault("bad_input", "A single SBOM has no releases", {
      at: "--release",
      fix: "Leave --release out, or name a device folder",
    });
  const sbom = readSbomFile(path);
  const { subject, name } = sbom;
  return {
    subject: { name: subject?.name ?? name ?? basename(path), version: subject?.version ?? null, path },
    sboms: [{ path, sbom }],
  };
}

function fromDevice(folder: string, wanted: string | null): AssessInput {
  const at = join(folder, DEVICE_FILE);
  const device = readDeviceFile(readBounded(at, MAX_DEVICE_FILE_BYTES, "The device file").toString("utf8"), at);
  const release = wanted === null ? device.releases.at(-1) : device.releases.find(({ version }) => version === wanted);
  if (release === undefined)
    throw new Fault("not_found", `${device.name} has no release ${wanted ?? ""}`, {
      at,
      fix: `Its releases are ${device.releases.map(({ version }) => version).join(", ")}`,
    });
  if (release.sboms.length === 0)
    throw new Fault("bad_input", `Release ${release.version} names no SBOM`, {
      at,
      fix: "List its SBOM files under sboms",
    });
  return {
    subject: { name: device.name, version: release.version, path: folder },
    sboms: release.sboms.map((named) => {
      const path = inside(folder, named, at);
      return { path, sbom: readSbomFile(path) };
    }),
  };
}

/** A device file comes with the folder it lies in: neither `..` nor a link may lead out of it. */
function inside(folder: string, named: string, at: string): string {
  const path = resolve(folder, named);
  const refuse = () =>
    new Fault("bad_input", `The SBOM ${named} lies outside the device folder`, { at, fix: "Put it inside the folder" });
  if (!isWithin(resolve(folder), path)) throw refuse();
  if (!hasFile(path))
    throw new Fault("not_found", `The device file names ${named}, and there is no such file`, {
      at,
      fix: "Correct the path under sboms",
    });
  if (!isWithin(realpathSync(folder), realpathSync(path))) throw refuse();
  return join(folder, relative(resolve(folder), path));
}

const isWithin = (folder: string, path: string) => path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** Without a device file, every file of the folder that reads as an SBOM is taken; the others are named. */
function fromLooseFolder(folder: string): AssessInput {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(folder, entry.name))
    .sort();
  const problems = [{ at: folder, reason: `There is no ${DEVICE_FILE}; every SBOM of the folder is taken` }];
  const sboms = files.slice(0, MAX_FILES).flatMap((path) => {
    try {
      return [{ path, sbom: readSbomFile(path) }];
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      problems.push({ at: path, reason: fault.message });
      return [];
    }
  });
  if (files.length > MAX_FILES) problems.push({ at: folder, reason: `Only the first ${MAX_FILES} files were read` });
  if (sboms.length === 0)
    throw new Fault("bad_input", `The folder holds neither ${DEVICE_FILE} nor an SBOM`, {
      at: folder,
      fix: "Name an SBOM file, or a folder that holds one",
    });
  return { subject: { name: basename(resolve(folder)), version: null, path: folder }, sboms, problems };
}

const readSbomFile = (path: string): Sbom =>
  readSbom(readBounded(path, SBOM_LIMITS.maxBytes, "The SBOM"), { name: path });

/** Never more than the file had when it was opened, and that within the limit. */
function readBounded(path: string, maxBytes: number, what: string): Buffer {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch (cause) {
    throw new Fault("not_found", "The file cannot be opened", { at: path, fix: "Check its permissions", cause });
  }
  try {
    const { size } = fstatSync(fd);
    if (size > maxBytes)
      throw new Fault("too_large", `${what} has ${size} bytes; the limit is ${maxBytes}`, {
        at: path,
        fix:
          what === "The SBOM"
            ? "Split it into one SBOM per subsystem"
            : "The files in examples/ show what belongs in it",
      });
    const bytes = Buffer.alloc(size);
    let done = 0;
    for (let read = -1; read !== 0 && done < size; done += read) read = readSync(fd, bytes, done, size - done, null);
    return bytes.subarray(0, done);
  } finally {
    closeSync(fd);
  }
}
