import { mkdir, mkdtemp, readdir, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ZipFile } from "yazl";
import { Fault } from "../../lib/fault.ts";
import { feedLimits, type InputLimits } from "./input-limits.ts";
import { walkInputs } from "./walk-inputs.ts";

let folder = "";
let server: Server;
let address = "";
let served: Record<string, Buffer> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cordon-walk-"));
  server = createServer((request, response) => {
    const body = served[request.url ?? ""];
    if (body === undefined) response.writeHead(404).end();
    else if (request.url?.startsWith("/cut")) {
      response.writeHead(200, { "content-length": body.length });
      response.write(body.subarray(0, body.length / 2), () => response.destroy());
    } else response.writeHead(200).end(body);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

interface Seen {
  path: string;
  text?: string;
  fault?: Fault;
}

/** What the walk over the paths yields, with each document read to its end. */
async function walk(paths: string[], limits: Partial<InputLimits> = {}): Promise<Seen[]> {
  const seen: Seen[] = [];
  for await (const { path, bytes } of walkInputs(paths, { limits: { ...feedLimits, ...limits }, fetch })) {
    const name = path.replace(folder, "").replace(address, "");
    try {
      const chunks: Uint8Array[] = [];
      for await (const chunk of bytes()) chunks.push(chunk);
      seen.push({ path: name, text: Buffer.concat(chunks).toString() });
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      seen.push({ path: name, fault });
    }
  }
  return seen;
}

async function save(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, content);
  return path;
}

const tar = (entries: Record<string, string | Buffer>): Promise<Buffer> => {
  const archive = pack();
  for (const [name, content] of Object.entries(entries)) archive.entry({ name }, content);
  archive.finalize();
  return buffer(archive);
};

const zip = (entries: Record<string, string | Buffer>): Promise<Buffer> => {
  const archive = new ZipFile();
  for (const [name, content] of Object.entries(entries)) archive.addBuffer(Buffer.from(content), name);
  archive.end();
  return buffer(archive.outputStream as NodeJS.ReadableStream);
};

/** Writes a hostile name of the same length over an innocent one, as no packer would. */
const renamed = (archive: Buffer, from: string, to: string): Buffer =>
  Buffer.from(archive.toString("latin1").replaceAll(from, to), "latin1");

/** One byte of the first directory entry changed: 16 is its checksum, 24 its unpacked size (APPNOTE 4.3.12). */
const withDirectoryByte = (archive: Buffer, offset: number): Buffer => {
  const at = archive.indexOf("PK\x01\x02", 0, "latin1") + offset;
  archive.writeUInt8(archive.readUInt8(at) ^ 1, at);
  return archive;
};

const files = { "a.json": "one", "b/c.json": "two" };

describe("inputs are told apart by content, whatever their name", () => {
  test.each<[string, () => Promise<string | Buffer>, Seen[]]>([
    ["plain", async () => "one", [{ path: "/plain", text: "one" }]],
    ["gz.data", async () => gzipSync("one"), [{ path: "/gz.data", text: "one" }]],
    [
      "tar.data",
      () => tar(files),
      [
        { path: "/tar.data/a.json", text: "one" },
        { path: "/tar.data/b/c.json", text: "two" },
      ],
    ],
    [
      "tgz.data",
      async () => gzipSync(await tar(files)),
      [
        { path: "/tgz.data/a.json", text: "one" },
        { path: "/tgz.data/b/c.json", text: "two" },
      ],
    ],
    [
      "zip.data",
      () => zip(files),
      [
        { path: "/zip.data/a.json", text: "one" },
        { path: "/zip.data/b/c.json", text: "two" },
      ],
    ],
    ["nested.zip", () => zip({ "a.gz": gzipSync("one") }), [{ path: "/nested.zip/a.gz", text: "one" }]],
    ["empty", async () => "", [{ path: "/empty", text: "" }]],
  ])("%s", async (name, content, expected) => {
    expect(await walk([await save(name, await content())])).toEqual(expected);
  });

  test("a folder is read through, sorted, with what is packed in it", async () => {
    await save("tree/z.json", "three");
    await save("tree/a.json.gz", gzipSync("one"));
    await save("tree/deep/er/m.zip", await zip({ "n.json": "two" }));
    expect(await walk([join(folder, "tree")])).toEqual([
      { path: "/tree/a.json.gz", text: "one" },
      { path: "/tree/deep/er/m.zip/n.json", text: "two" },
      { path: "/tree/z.json", text: "three" },
    ]);
  });

  test("a zip with entries large and small, thousands of them", async () => {
    const large = Buffer.from(Array.from({ length: 2_000_000 }, (_, i) => (i * 7919) % 251));
    const small = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`${i}.json`, `number ${i}`]));
    const path = await save("mixed.zip", await zip({ ...small, "large.bin": large, "last.json": "" }));
    const seen = await walk([path]);
    expect(seen.slice(0, 3000).map((one) => one.text)).toEqual(Object.values(small));
    expect(seen[3000]?.text).toBe(large.toString());
    expect(seen[3001]).toEqual({ path: "/mixed.zip/last.json", text: "" });
  });

  test("a document not read does not stand in the way of the next", async () => {
    const path = await save("unread.tar.gz", gzipSync(await tar({ "a.json": "x".repeat(3_000_000), "b.json": "two" })));
    const paths: string[] = [];
    for await (const document of walkInputs([path], { limits: feedLimits })) paths.push(document.path);
    expect(paths).toEqual([`${path}/a.json`, `${path}/b.json`]);
  });

  test("progress is told in packed bytes", async () => {
    const path = await save("progress.gz", gzipSync("x".repeat(100_000)));
    const told: number[] = [];
    const onProgress = (progress: { readBytes: number; totalBytes: number }) =>
      told.push(progress.readBytes, progress.totalBytes);
    for await (const { bytes } of walkInputs([path], { limits: feedLimits, onProgress }))
      for await (const _ of bytes());
    expect(told.at(-1)).toBeGreaterThan(0);
    expect(told.at(-2)).toBe(told.at(-1));
  });
});

describe("hostile inputs are refused by name, and the rest is read", () => {
  const refusal = (seen: Seen[]) =>
    seen.map(({ path, fault, text }) => [path, fault?.code ?? "read", fault?.message ?? text]);

  test.each([
    ["../x", "/up.tar"],
    ["/etc", "/abs.tar"],
    ["..\\x", "/win.tar"],
    ["C:\\x", "/drive.tar"],
  ])("the entry name %s in a tar", async (name, file) => {
    const path = await save(file, await tar({ [name]: "evil", "good.json": "one" }));
    const seen = await walk([path]);
    expect(refusal(seen)).toEqual([
      [expect.stringContaining(file), "bad_input", "The entry's name leaves the archive"],
      [`${file}/good.json`, "read", "one"],
    ]);
  });

  test("the entry name ../ in a zip", async () => {
    const archive = renamed(await zip({ "aa/evil": "evil", "good.json": "one" }), "aa/evil", "../evil");
    expect(refusal(await walk([await save("up.zip", archive)]))).toEqual([
      ["/up.zip/../evil", "bad_input", "The entry's name leaves the archive"],
      ["/up.zip/good.json", "read", "one"],
    ]);
  });

  test("a link in a tar", async () => {
    const archive = pack();
    archive.entry({ name: "link", type: "symlink", linkname: "/etc/passwd" });
    archive.finalize();
    const seen = await walk([await save("link.tar", await buffer(archive))]);
    expect(refusal(seen)).toEqual([["/link.tar/link", "bad_input", "Links inside archives are not followed"]]);
  });

  test("a link out of a folder is refused; one to inside is read once, as its target", async () => {
    await save("outside.json", "secret");
    await save("linked/inside.json", "one");
    await symlink(join(folder, "outside.json"), join(folder, "linked/a-out"));
    await symlink(join(folder, "linked"), join(folder, "linked/b-loop"));
    await symlink(join(folder, "nowhere"), join(folder, "linked/c-gone"));
    expect(refusal(await walk([join(folder, "linked")]))).toEqual([
      ["/linked/a-out", "bad_input", "The link leads out of the folder"],
      ["/linked/c-gone", "bad_input", "The link leads nowhere"],
      ["/linked/inside.json", "read", "one"],
    ]);
  });

  const zeros = Buffer.alloc(40 * 1024 * 1024);
  test.each<[string, () => Promise<Buffer>, string]>([
    ["bomb.gz", async () => gzipSync(zeros), "/bomb.gz"],
    ["bomb.zip", () => zip({ "zeros.json": zeros }), "/bomb.zip/zeros.json"],
    ["bomb-in.zip", () => zip({ "zeros.gz": gzipSync(zeros) }), "/bomb-in.zip/zeros.gz"],
  ])("an archive bomb: %s", async (name, content, at) => {
    expect(refusal(await walk([await save(name, await content())]))).toEqual([
      [at, "bad_input", "Packed more than 200 to 1, as archive bombs are"],
    ]);
  });

  test("a tar.gz bomb, whose good entries before it are kept", async () => {
    const archive = gzipSync(await tar({ "good.json": "one", "zeros.json": zeros }));
    const seen = await walk([await save("bomb.tar.gz", archive)]);
    expect(seen[0]).toEqual({ path: "/bomb.tar.gz/good.json", text: "one" });
    expect(seen[1]?.fault?.message).toContain("200 to 1");
  });

  test.each<[string, Partial<InputLimits>, string]>([
    ["an entry", { maxEntryBytes: 10 }, "/limits.zip/big.json"],
    ["all entries together", { maxTotalBytes: 15 }, "/limits.zip/big.json"],
  ])("more bytes than the limit of %s", async (_, limits, at) => {
    const seen = await walk(
      [await save("limits.zip", await zip({ "a.json": "one", "big.json": "0123456789abcdef" }))],
      limits,
    );
    expect(seen[0]?.text).toBe("one");
    expect([seen[1]?.path, seen[1]?.fault?.code, seen[1]?.fault?.at]).toEqual([at, "too_large", join(folder, at)]);
  });

  test("a stream of unknown size is cut at the limit of an entry", async () => {
    const [seen] = await walk([await save("stream.gz", gzipSync("x".repeat(5000)))], { maxEntryBytes: 4999 });
    expect([seen?.fault?.code, seen?.fault?.message]).toEqual(["too_large", "More than 4999 bytes unpacked"]);
  });

  test("100,000 entries where 1,000 are allowed end the input and not the walk", async () => {
    const entry = (await tar({ "a.json": "" })).subarray(0, 512);
    const many = await save("many.tar", Buffer.concat(Array(100_000).fill(entry)));
    const seen = await walk([many, await save("after", "one")], { maxEntries: 1000 });
    expect(seen).toHaveLength(1002);
    expect(seen[1000]?.fault?.message).toBe("There are more than 1000 entries");
    expect(seen[1001]).toEqual({ path: "/after", text: "one" });
  });

  test("a file of more than 1 GB is refused by its size, unread", async () => {
    const path = await save("huge.json", "{");
    await truncate(path, 1025 * 1024 * 1024);
    let readBytes = 0;
    const onProgress = (progress: { readBytes: number }) => {
      readBytes = progress.readBytes;
    };
    const seen: string[] = [];
    for await (const { bytes } of walkInputs([path], { limits: feedLimits, onProgress }))
      await bytes()
        [Symbol.asyncIterator]()
        .next()
        .catch((fault: Fault) => seen.push(fault.code));
    await rm(path);
    expect(seen).toEqual(["too_large"]);
    expect(readBytes).toBeLessThan(1024 * 1024);
  });

  test.each<[string, () => Promise<Buffer>]>([
    ["cut.gz", async () => gzipSync("x".repeat(100_000)).subarray(0, 50)],
    [
      "cut.tar.gz",
      async () =>
        gzipSync(
          await tar({ "a.json": Buffer.from(Array.from({ length: 99_999 }, (_, i) => (i * i) % 251)) }),
        ).subarray(0, 400),
    ],
    ["cut.tar", async () => (await tar({ "a.json": "x".repeat(5000) })).subarray(0, 2000)],
    ["cut.zip", async () => (await zip({ "a.json": "x".repeat(5000) })).subarray(0, 60)],
    ["damaged.zip", async () => renamed(await zip({ "a.json": "0123456789" }), "PK\x01\x02", "PK\x01\x09")],
    ["checksum.zip", async () => withDirectoryByte(await zip({ "a.json": "0123456789" }), 16)],
    ["size.zip", async () => withDirectoryByte(await zip({ "a.json": "0123456789" }), 24)],
    ["zip-in.zip", async () => zip({ "inner.zip": await zip(files) })],
    ["gz-in.gz", async () => gzipSync(gzipSync("one"))],
  ])("cut, damaged or packed twice: %s", async (name, content) => {
    const seen = await walk([await save(name, await content())]);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.map(({ fault }) => fault?.code)).toEqual(seen.map(() => "bad_input"));
    expect(seen.at(-1)?.fault?.at).toContain(name);
  });

  test("a tar that was cut between two files is told", async () => {
    const whole = await tar({ "a.json": "{}", "b.json": "{}" });
    const seen = await walk([await save("between.tar", whole.subarray(0, 1024))]);
    expect(seen.map(({ fault }) => fault?.code)).toEqual([undefined, "bad_input"]);
    expect(seen[1]?.path).toBe("/between.tar");
  });

  test("a path that is not there ends the walk with not_found", async () => {
    await expect(walk([join(folder, "no-such")])).rejects.toMatchObject({ code: "not_found" });
  });

  test("control characters of an entry's name do not reach a message", async () => {
    const [seen] = await walk([await save("escape.tar", await tar({ "\u001b[2J.json": "one" }))]);
    expect(seen?.path).toBe("/escape.tar/\ufffd[2J.json");
  });
});

describe("addresses", () => {
  test("are fetched and read like files, and leave nothing behind", async () => {
    served = { "/feed.zip": await zip(files), "/one.json": Buffer.from("one"), "/cut.gz": gzipSync("x".repeat(9999)) };
    const before = (await readdir(tmpdir())).filter((name) => name.startsWith("cordon-input-")).length;
    const seen = await walk([`${address}/feed.zip`, `${address}/one.json`, `${address}/gone`, `${address}/cut.gz`]);
    expect(seen.slice(0, 3)).toEqual([
      { path: "/feed.zip/a.json", text: "one" },
      { path: "/feed.zip/b/c.json", text: "two" },
      { path: "/one.json", text: "one" },
    ]);
    expect(seen.slice(3).map(({ path, fault }) => [path, fault?.code, fault?.message])).toEqual([
      ["/gone", "unavailable", "The address answered 404"],
      ["/cut.gz", "unavailable", "The transfer broke off"],
    ]);
    expect((await readdir(tmpdir())).filter((name) => name.startsWith("cordon-input-"))).toHaveLength(before);
  });

  test("are refused where no fetch is given", async () => {
    const codes: string[] = [];
    for await (const { bytes } of walkInputs([`${address}/x`], { limits: feedLimits }))
      await bytes()
        [Symbol.asyncIterator]()
        .next()
        .catch((fault: Fault) => codes.push(fault.message));
    expect(codes).toEqual(["Addresses are not fetched here"]);
  });
});
