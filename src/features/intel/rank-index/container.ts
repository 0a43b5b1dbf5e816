import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import * as z from "zod";
import { Fault } from "../../../lib/fault.ts";
import type { ByteSink, RandomAccess } from "../../../lib/random-access.ts";
import { damaged } from "./blocks.ts";

/** docs/intel-file.md describes this layout; change it and raise the version. */
const MAGIC = "CORDONIX";
const FORMAT_VERSION = 1;
const HEADER_BYTES = 40;
const MAX_CONTENTS_BYTES = 16 * 1024 * 1024;

const Section = z.object({
  offset: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  crc32: z.number().int().nonnegative(),
});
const Contents = z.object({ sections: z.record(z.string(), Section), about: z.unknown() });

export type Sections = Record<string, Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>;

/** Reserves the header. Until `finish` writes it, the file is not an intelligence file. */
export function begin(sink: ByteSink): void {
  sink.append(new Uint8Array(HEADER_BYTES));
}

/** SHA-256 of the sections; the texts in blocks are in it by their hashes. */
export function contentOf(sections: Sections): string {
  const sha = createHash("sha256");
  for (const [name, values] of Object.entries(sections)) {
    sha.update(`${name} ${values.byteLength}\n`);
    sha.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return sha.digest("hex");
}

/** Writes sections, table of contents and, last, the header. `about` is any JSON value. Numbers are little-endian. */
export function finish(sink: ByteSink, sections: Sections, about: unknown): void {
  const table: Record<string, z.infer<typeof Section>> = {};
  for (const [name, values] of Object.entries(sections)) {
    sink.append(new Uint8Array((8 - (sink.size % 8)) % 8));
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    table[name] = { offset: sink.size, bytes: bytes.length, crc32: crc32(bytes) };
    sink.append(bytes);
  }
  const contents = Buffer.from(JSON.stringify({ sections: table, about }), "utf8");
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(MAGIC, 0, "latin1");
  header.writeUInt32LE(FORMAT_VERSION, 8);
  header.writeUInt32LE(contents.length, 12);
  header.writeDoubleLE(sink.size, 16);
  header.writeDoubleLE(sink.size + contents.length, 24);
  header.writeUInt32LE(crc32(contents), 32);
  header.writeUInt32LE(crc32(header.subarray(0, 36)), 36);
  sink.append(contents);
  sink.writeAt(0, header);
}

export interface Container {
  about: unknown;
  has(name: string): boolean;
  u8(name: string): Uint8Array<ArrayBuffer>;
  u32(name: string): Uint32Array<ArrayBuffer>;
  f64(name: string): Float64Array<ArrayBuffer>;
}

/** The same sections while they are still in memory. */
export function unwritten(sections: Sections, about: unknown): Container {
  const section = (name: string): ArrayBuffer => {
    const values = sections[name];
    if (values === undefined) throw new Error(`There is no section ${name}`);
    const isWhole = values.byteLength === values.buffer.byteLength;
    return isWhole ? values.buffer : values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength);
  };
  return {
    about,
    has: (name) => sections[name] !== undefined,
    u8: (name) => new Uint8Array(section(name)),
    u32: (name) => new Uint32Array(section(name)),
    f64: (name) => new Float64Array(section(name)),
  };
}

/** Opens what `finish` wrote. Throws `Fault` for a foreign, newer, truncated or changed file, naming it. */
export function open(file: RandomAccess): Container {
  const contents = readContents(file);
  const section = (name: string, width: number): ArrayBuffer => {
    const found = contents.sections[name];
    if (found === undefined) throw damaged(file.name, `the section ${name} is missing`);
    const bytes = file.readAt(found.offset, found.bytes);
    if (bytes.length !== found.bytes || crc32(bytes) !== found.crc32 || bytes.length % width !== 0)
      throw damaged(file.name, `the section ${name} does not match its checksum`);
    return bytes.buffer;
  };
  return {
    about: contents.about,
    has: (name) => contents.sections[name] !== undefined,
    u8: (name) => new Uint8Array(section(name, 1)),
    u32: (name) => new Uint32Array(section(name, 4)),
    f64: (name) => new Float64Array(section(name, 8)),
  };
}

function readContents(file: RandomAccess): z.infer<typeof Contents> {
  const header = Buffer.from(file.readAt(0, HEADER_BYTES));
  if (header.length < HEADER_BYTES || header.toString("latin1", 0, 8) !== MAGIC)
    throw new Fault("bad_input", "This is not an intelligence file", {
      at: file.name,
      fix: "Name a file that `cordon intel build --out` wrote",
    });
  if (header.readUInt32LE(36) !== crc32(header.subarray(0, 36))) throw damaged(file.name, "its header was changed");
  const version = header.readUInt32LE(8);
  if (version !== FORMAT_VERSION)
    throw new Fault("bad_input", `The intelligence file has format ${version}; this Cordon reads ${FORMAT_VERSION}`, {
      at: file.name,
      fix: "Build it again with this Cordon's `cordon intel build`",
    });
  const [length, offset, size] = [header.readUInt32LE(12), header.readDoubleLE(16), header.readDoubleLE(24)];
  if (file.size !== size) throw damaged(file.name, `it has ${file.size} bytes and should have ${size}`);
  if (length > MAX_CONTENTS_BYTES) throw damaged(file.name, "its table of contents is too large");
  const bytes = file.readAt(offset, length);
  if (bytes.length !== length || crc32(bytes) !== header.readUInt32LE(32))
    throw damaged(file.name, "its table of contents does not match its checksum");
  try {
    return Contents.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  } catch (cause) {
    throw damaged(file.name, "its table of contents cannot be read", cause);
  }
}
