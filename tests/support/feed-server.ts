import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One answer that is given instead of the document, once. */
export type Odd =
  | { status: number; headers?: Record<string, string>; body?: string }
  /** Says the whole length, sends this many bytes, and hangs up. */
  | { cutAfter: number };

export interface FeedServer {
  base: string;
  /** Every request so far: `GET /path range=bytes=10-`. */
  asked: { path: string; headers: IncomingMessage["headers"]; status: number }[];
  /** Puts or replaces a document; `null` takes it away. A function answers from the query. */
  put(path: string, content: Content | null): void;
  /** The next requests for the path are answered so, one after the other. */
  next(path: string, ...odd: Odd[]): void;
  close(): Promise<void>;
}

type Content = string | Uint8Array | object | ((query: URLSearchParams) => object | string);

/** A web server as feeds have: ETag, 304, Range with If-Range; and all that goes wrong, on demand. */
export async function feedServer(): Promise<FeedServer> {
  const documents = new Map<string, Content>();
  const odd = new Map<string, Odd[]>();
  const asked: FeedServer["asked"] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const path = decodeURIComponent(url.pathname);
    const status = answer(request, response, odd.get(path)?.shift(), documents.get(path), url.searchParams);
    asked.push({ path: request.url ?? "", headers: request.headers, status });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    put: (path, content) => void (content === null ? documents.delete(path) : documents.set(path, content)),
    next: (path, ...answers) => void odd.set(path, answers),
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

function answer(
  { headers }: IncomingMessage,
  response: ServerResponse,
  odd: Odd | undefined,
  content: Content | undefined,
  query: URLSearchParams,
): number {
  if (odd !== undefined && "status" in odd) {
    response.writeHead(odd.status, odd.headers).end(odd.body ?? "");
    return odd.status;
  }
  if (content === undefined) {
    response.writeHead(404).end();
    return 404;
  }
  const bytes = bytesOf(content, query);
  const etag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}"`;
  if (headers["if-none-match"] === etag) {
    response.writeHead(304, { etag }).end();
    return 304;
  }
  const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? Number.NaN);
  const resuming = !Number.isNaN(from) && headers["if-range"] === etag;
  const part = resuming ? bytes.subarray(from) : bytes;
  response.writeHead(resuming ? 206 : 200, {
    etag,
    "content-length": part.length,
    ...(resuming ? { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
  });
  if (odd === undefined) response.end(part);
  else response.write(part.subarray(0, odd.cutAfter), () => response.destroy());
  return resuming ? 206 : 200;
}

function bytesOf(content: Content, query: URLSearchParams): Buffer {
  const said = typeof content === "function" ? content(query) : content;
  if (typeof said === "string") return Buffer.from(said);
  return said instanceof Uint8Array ? Buffer.from(said) : Buffer.from(JSON.stringify(said));
}
