import ELK from "elkjs/lib/elk-api.js";
import workerUrl from "elkjs/lib/elk-worker.min.js?url";
import { bestPlaces } from "../../../features/security-file/views/lay-out/best.ts";
import {
  type EnginePlaces,
  engineGraph,
  plansFor,
  readEngine,
} from "../../../features/security-file/views/lay-out/elk.ts";
import type { Picture } from "../../../features/security-file/views/picture.ts";

let elk: InstanceType<typeof ELK> | null = null;

/** Finds places in a worker: the page stays alive while a large picture is laid out. */
export async function layOut(picture: Picture): Promise<EnginePlaces> {
  elk ??= new ELK({ workerUrl });
  const answers: EnginePlaces[] = [];
  for (const plan of plansFor(picture)) answers.push(readEngine(await elk.layout(engineGraph(picture, plan))));
  return bestPlaces(picture, answers);
}
