import { afterAll, afterEach, beforeAll } from "vitest";
import { type FeedServer, feedServer } from "./feed-server.ts";
import { Loader, sourceNamed } from "./load-from.ts";

/** A server with a folder for every base address of every source, and one loader at a time against it. */
export function sourceWorld() {
  let server: FeedServer;
  let loader: Loader | undefined;
  beforeAll(async () => {
    server = await feedServer();
  });
  afterAll(() => server.close());
  afterEach(() => {
    loader?.close();
    loader = undefined;
  });
  return {
    get server() {
      return server;
    },
    load(name: string, options: ConstructorParameters<typeof Loader>[2] = {}): Loader {
      const names = Object.keys(sourceNamed(name).bases);
      loader = new Loader(
        name,
        Object.fromEntries(names.map((base) => [base, `${server.base}/${name}/${base}`])),
        options,
      );
      server.asked.length = 0;
      return loader;
    },
    put: (name: string, path: string, content: Parameters<FeedServer["put"]>[1]) =>
      server.put(`/${name}/${path}`, content),
    /** What was asked for, without source and base. */
    paths: () => server.asked.map(({ path }) => path.split("/").slice(3).join("/")),
  };
}

export const json = (value: unknown) => JSON.stringify(value);
