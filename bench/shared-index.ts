import { type Container, open } from "../src/features/intel/rank-index/container.ts";
import { RankIndex } from "../src/features/intel/rank-index/open-index.ts";
import { openRandomFile } from "../src/platform/files/random-file.ts";

/** An intelligence file's tables in memory that threads share: handing them over copies nothing. */
export interface SharedIndex {
  path: string;
  about: unknown;
  sections: Record<string, SharedArrayBuffer>;
}

/** Reads what an opened index keeps in memory. */
export function shareIndex(path: string): SharedIndex {
  const file = openRandomFile(path);
  const container = open(file);
  const sections: SharedIndex["sections"] = {};
  const noted = <T extends Uint8Array | Uint32Array | Float64Array>(read: (name: string) => T) => {
    return (name: string): T => {
      const values = read(name);
      const shared = new SharedArrayBuffer(values.byteLength);
      new Uint8Array(shared).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      sections[name] = shared;
      return values;
    };
  };
  new RankIndex(file, {
    about: container.about,
    has: container.has,
    u8: noted(container.u8),
    u32: noted(container.u32),
    f64: noted(container.f64),
  });
  file.close();
  return { path, about: container.about, sections };
}

/** An index over the shared tables; the file itself is for the texts of records. */
export function openShared({ path, about, sections }: SharedIndex): RankIndex {
  const section = (name: string) => {
    const shared = sections[name];
    if (shared === undefined) throw new Error(`The section ${name} is not shared`);
    // Everything that reads a section takes shared memory as well; only the types of what writes one say otherwise.
    return shared as unknown as ArrayBuffer;
  };
  const container: Container = {
    about,
    has: (name) => sections[name] !== undefined,
    u8: (name) => new Uint8Array(section(name)),
    u32: (name) => new Uint32Array(section(name)),
    f64: (name) => new Float64Array(section(name)),
  };
  return new RankIndex(openRandomFile(path), container);
}
