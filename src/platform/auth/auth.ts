import type pg from "pg";
import { createPool } from "../pool.ts";

/** A pool that acts as `cordon_auth`: it reaches the schema `auth` and nothing else. */
export const authPool = (connection: pg.PoolConfig, onError: (error: Error) => void): pg.Pool =>
  createPool({ ...connection, max: 5, options: "-c role=cordon_auth" }, onError);
