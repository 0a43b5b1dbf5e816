import ELK from "elkjs/lib/elk-api.js";
import workerUrl from "elkjs/lib/elk-worker.min.js?url";
import { type EngineNode, type EnginePlaces, readEngine } from "../../../features/security-file/views/lay-out/elk.ts";

let elk: InstanceType<typeof ELK> | null = null;

/** Finds places in a worker: the page stays alive while a large picture is laid out. */
export async function layOut(graph: EngineNode): Promise<EnginePlaces> {
  elk ??= new ELK({ workerUrl });
  return readEngine(await elk.layout(graph));
}
