import { closeSync, openSync, writeSync } from "node:fs";

/** A bucket of a bbolt file: values and further buckets by key. */
export type Bucket = Map<string, Uint8Array | Bucket>;

const PAGE = 4096;
const HEADER = 16;
const ELEMENT = 16;
const FLAG = { branch: 1, leaf: 2, meta: 4, freelist: 16 } as const;
const IS_BUCKET = 1;
/** Elements of one leaf; a page of bbolt may be as long as it needs to be. */
const MOST_ELEMENTS = 2_000;

/**
 * Writes a bbolt file (format 2 of go.etcd.io/bbolt: page.go, bucket.go, db.go) in one go, for reading: each bucket is its leaves and,
 * when there are several, one branch over them.
 */
export function writeBoltFile(path: string, root: Bucket): void {
  const fd = openSync(path, "w");
  try {
    const pages = new Pages(fd);
    const rootPage = writeBucket(pages, root);
    const freelist = pages.add(FLAG.freelist, 0, new Uint8Array(0));
    for (const id of [0, 1]) pages.writeMeta(id, rootPage, freelist);
  } finally {
    closeSync(fd);
  }
}

class Pages {
  readonly #fd: number;
  /** Two meta pages come first. */
  #next = 2;

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** Writes one page with as many overflow pages as its body needs; returns its number. */
  add(flags: number, count: number, body: Uint8Array): number {
    const id = this.#next;
    const length = Math.ceil((HEADER + body.length) / PAGE);
    const page = Buffer.alloc(length * PAGE);
    page.writeBigUInt64LE(BigInt(id), 0);
    page.writeUInt16LE(flags, 8);
    page.writeUInt16LE(count, 10);
    page.writeUInt32LE(length - 1, 12);
    page.set(body, HEADER);
    writeSync(this.#fd, page, 0, page.length, id * PAGE);
    this.#next += length;
    return id;
  }

  writeMeta(id: number, root: number, freelist: number): void {
    const page = Buffer.alloc(PAGE);
    page.writeBigUInt64LE(BigInt(id), 0);
    page.writeUInt16LE(FLAG.meta, 8);
    page.writeUInt32LE(0xed0cdaed, HEADER);
    page.writeUInt32LE(2, HEADER + 4);
    page.writeUInt32LE(PAGE, HEADER + 8);
    page.writeBigUInt64LE(BigInt(root), HEADER + 16);
    page.writeBigUInt64LE(BigInt(freelist), HEADER + 32);
    page.writeBigUInt64LE(BigInt(this.#next), HEADER + 40);
    page.writeBigUInt64LE(BigInt(id + 1), HEADER + 48);
    page.writeBigUInt64LE(fnv64(page.subarray(HEADER, HEADER + 56)), HEADER + 56);
    writeSync(this.#fd, page, 0, PAGE, id * PAGE);
  }
}

function fnv64(bytes: Uint8Array): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}

function writeBucket(pages: Pages, bucket: Bucket): number {
  const elements = [...bucket]
    .map(([key, value]) => ({ key: Buffer.from(key), value }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ key, value }) =>
      value instanceof Map
        ? { key, flags: IS_BUCKET, value: bucketHeader(writeBucket(pages, value)) }
        : { key, flags: 0, value },
    );
  const leaves: { first: Buffer; id: number }[] = [];
  for (let i = 0; i === 0 || i < elements.length; i += MOST_ELEMENTS) {
    const part = elements.slice(i, i + MOST_ELEMENTS);
    const first = part[0]?.key ?? Buffer.alloc(0);
    leaves.push({ first, id: pages.add(FLAG.leaf, part.length, leafBody(part)) });
  }
  const [only] = leaves;
  return leaves.length === 1 && only !== undefined
    ? only.id
    : pages.add(FLAG.branch, leaves.length, branchBody(leaves));
}

function bucketHeader(root: number): Buffer {
  const header = Buffer.alloc(16);
  header.writeBigUInt64LE(BigInt(root), 0);
  return header;
}

/** Positions count from the element they stand in. */
function leafBody(elements: readonly { key: Buffer; flags: number; value: Uint8Array }[]): Buffer {
  const table = Buffer.alloc(elements.length * ELEMENT);
  let at = table.length;
  elements.forEach(({ key, flags, value }, i) => {
    table.writeUInt32LE(flags, i * ELEMENT);
    table.writeUInt32LE(at - i * ELEMENT, i * ELEMENT + 4);
    table.writeUInt32LE(key.length, i * ELEMENT + 8);
    table.writeUInt32LE(value.length, i * ELEMENT + 12);
    at += key.length + value.length;
  });
  return Buffer.concat([table, ...elements.flatMap(({ key, value }) => [key, value])]);
}

function branchBody(leaves: readonly { first: Buffer; id: number }[]): Buffer {
  const table = Buffer.alloc(leaves.length * ELEMENT);
  let at = table.length;
  leaves.forEach(({ first, id }, i) => {
    table.writeUInt32LE(at - i * ELEMENT, i * ELEMENT);
    table.writeUInt32LE(first.length, i * ELEMENT + 4);
    table.writeBigUInt64LE(BigInt(id), i * ELEMENT + 8);
    at += first.length;
  });
  return Buffer.concat([table, ...leaves.map(({ first }) => first)]);
}
