import * as z from "zod";
import { inScope } from "../db.ts";
import { defineJob, type Job } from "../jobs/job.ts";
import { signHead } from "./checkpoint.ts";
import type { SigningKeys } from "./keys.ts";

/** A ledger is signed at each multiple of so many entries, besides every few minutes: little is ever unsigned, however busy it is. */
export const CHECKPOINT_EVERY_ENTRIES = 1000;

export const CHECKPOINT_JOB = { name: "ledger.sign", input: z.strictObject({}) } as const;

export const checkpointJob = (keys: SigningKeys): Job<object> =>
  defineJob(CHECKPOINT_JOB.name, CHECKPOINT_JOB.input, async (_, { db, scope }) => ({
    signed: await inScope(db, scope, (trx) => signHead(trx, scope, keys)),
  }));

/** Whether entries up to `after` passed a multiple that those up to `before` had not reached. */
export const isDue = (before: number, after: number): boolean =>
  Math.floor(after / CHECKPOINT_EVERY_ENTRIES) > Math.floor(before / CHECKPOINT_EVERY_ENTRIES);
