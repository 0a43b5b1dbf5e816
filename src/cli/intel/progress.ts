import { statSync } from "node:fs";
import { basename } from "node:path";
import type { InputProgress } from "../../platform/files/walk-inputs.ts";

const EVERY_MS = 120;

/** One line on a terminal that says how far reading is; elsewhere nothing, so that logs stay short. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #totalBytes: number;
  readonly #readBytes = new Map<string, number>();
  #saidAtMs = 0;

  constructor(paths: readonly string[], stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#totalBytes = paths.reduce((sum, path) => sum + fileBytes(path), 0);
  }

  advance({ path, readBytes }: InputProgress): void {
    this.#readBytes.set(path, readBytes);
    if (performance.now() - this.#saidAtMs < EVERY_MS) return;
    const done = [...this.#readBytes.values()].reduce((sum, bytes) => sum + bytes, 0);
    const share = this.#totalBytes === 0 ? "" : ` ${Math.min(100, Math.floor((100 * done) / this.#totalBytes))} %`;
    this.say(`Reading${share}  ${basename(path)}`);
  }

  say(text: string): void {
    this.#saidAtMs = performance.now();
    if (this.#stream.isTTY) this.#stream.write(`\r\u001b[K${text}`);
  }

  end(): void {
    if (this.#stream.isTTY) this.#stream.write("\r\u001b[K");
  }
}

/** 0 for folders and addresses: then no share is shown. */
function fileBytes(path: string): number {
  try {
    const stat = statSync(path);
    return stat.isFile() ? stat.size : 0;
  } catch {
    return 0;
  }
}
