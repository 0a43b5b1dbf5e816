import { buffer } from "node:stream/consumers";
import { pack } from "tar-stream";
import { ZipFile } from "yazl";

type Files = Readonly<Record<string, string | Uint8Array>>;

export function zipOf(files: Files): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content as string), name);
  zip.end();
  return buffer(zip.outputStream);
}

export function tarOf(files: Files): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, Buffer.from(content as string));
  tar.finalize();
  return buffer(tar);
}
