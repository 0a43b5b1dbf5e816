import { createServer } from "node:net";
import { Fault } from "../lib/fault.ts";

const FIRST = 7300;
const LAST = 7399;

/** The port that was asked for; else the first free one from 7300 on. Fault `unavailable` when it is taken, or all are. */
export async function freePort(host: string, asked: number | undefined): Promise<number> {
  if (asked !== undefined) {
    if (asked === 0 || (await isFree(host, asked))) return asked;
    throw new Fault("unavailable", `Port ${asked} is taken`, {
      at: "http.port",
      fix: "Choose another with CORDON_PORT",
    });
  }
  for (let port = FIRST; port <= LAST; port++) if (await isFree(host, port)) return port;
  throw new Fault("unavailable", `No port from ${FIRST} to ${LAST} is free`, {
    fix: "Choose another with CORDON_PORT",
  });
}

const isFree = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
