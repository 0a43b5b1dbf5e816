import type { LoadStep } from "../../features/intel/loading/load-source.ts";
import { plain } from "../run-action.ts";

const EVERY_MS = 120;
const NAME_WIDTH = 22;

export const megabytes = (bytes: number): string => {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3)).toLocaleString("en")} kB`;
  return `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: bytes < 1e8 ? 1 : 0 })} MB`;
};

/** On a terminal one line that moves; a line per source when it is done, and one when it has to wait. */
export class FetchProgress {
  readonly #stream: NodeJS.WriteStream;
  #saidAtMs = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  step(name: string, { what, done, total, doneBytes, totalBytes }: LoadStep): void {
    if (!this.#stream.isTTY || performance.now() - this.#saidAtMs < EVERY_MS) return;
    this.#saidAtMs = performance.now();
    const count =
      done === null || total === null ? "" : `${done.toLocaleString("en")} of ${total.toLocaleString("en")}  `;
    const bytes =
      doneBytes === null || doneBytes === 0
        ? ""
        : `  ${megabytes(doneBytes)}${totalBytes === null ? "" : ` of ${megabytes(totalBytes)}`}`;
    const width = (this.#stream.columns ?? 80) - 1;
    this.#stream.write(`\r\u001b[K${`${name.padEnd(NAME_WIDTH)} ${count}${plain(what)}${bytes}`.slice(0, width)}`);
  }

  note(name: string, text: string): void {
    this.line(name, text);
  }

  line(name: string, text: string): void {
    const clear = this.#stream.isTTY ? "\r\u001b[K" : "";
    this.#stream.write(`${clear}${plain(name).padEnd(NAME_WIDTH)} ${plain(text)}\n`);
  }

  end(): void {
    if (this.#stream.isTTY) this.#stream.write("\r\u001b[K");
  }
}
